/** The app's log: lines in a file of the data folder, cut when it grows too large. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, error: unknown, fields?: Readonly<Record<string, unknown>>): void
}

const LARGEST_BYTES = 2 * 1024 * 1024

export function fileLog(path: string): Log {
  mkdirSync(dirname(path), { recursive: true })
  const write = (level: string, message: string, fields: object) => {
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_BYTES)
        renameSync(path, `${path}.1`)
      appendFileSync(
        path,
        `${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`,
      )
    } catch {
      // A log that cannot be written (a full disk) must not take the app with it.
    }
  }
  return {
    info: (message, fields = {}) => write('info', message, fields),
    error: (message, error, fields = {}) => {
      write('error', message, {
        ...fields,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    },
  }
}
