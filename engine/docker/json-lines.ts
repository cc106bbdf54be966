/** Reads streams with one JSON value a line: progress of builds and pulls, events. */
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { CapstanError } from '../../shared/errors'
import { noSpaceError } from './failures'

export type LineListener = (line: string) => void

/** Calls back for each line until the stream ends. Rejects when the stream fails. Only the line in progress is kept. */
export async function eachLine(stream: Readable, onLine: LineListener): Promise<void> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim()) onLine(line)
  }
  if (rest.trim()) onLine(rest)
}

interface ProgressLine {
  readonly stream?: string
  readonly status?: string
  readonly id?: string
  readonly error?: string
}

/**
 * Follows a build, pull, push or import to its end. The engine starts the stream with 200 and may still report an
 * error in it.
 * @throws CapstanError `image-failed`, or `no-space` when the disk is full
 */
export async function readProgress(
  stream: Readable,
  { doing, onLine }: { doing: string; onLine: LineListener },
): Promise<void> {
  let failure: string | null = null
  await eachLine(stream, (line) => {
    const { stream: text, status, id, error } = JSON.parse(line) as ProgressLine
    if (error) failure = error
    const words = text ?? (status && (id ? `${id}: ${status}` : status))
    if (words?.trim()) onLine(words.trim())
  })
  if (failure !== null) throw noSpaceError(failure, { doing }) ?? new CapstanError('image-failed', failure)
}
