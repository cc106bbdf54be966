/** The app's log: lines in a file of the data folder, which is put aside when it grows too large. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, error: unknown, fields?: Readonly<Record<string, unknown>>): void
}

export interface LogOptions {
  readonly now?: () => Date
  /** A file that is larger than this is renamed before the next line. */
  readonly largestBytes?: number
}

export function fileLog(path: string, options: LogOptions = {}): Log {
  const { now = () => new Date(), largestBytes = 2 * 1024 * 1024 } = options
  mkdirSync(dirname(path), { recursive: true })
  const write = (level: string, message: string, fields: object) => {
    const line = JSON.stringify({ time: now().toISOString(), level, message, ...fields })
    try {
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
      if (size > largestBytes) renameSync(path, `${path}.1`)
      appendFileSync(path, `${line}\n`)
    } catch {
      // A log that cannot be written (a full disk) must not end the app.
    }
  }
  return {
    info: (message, fields = {}) => write('info', message, fields),
    error: (message, error, fields = {}) =>
      write('error', message, {
        ...fields,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  }
}
