/** Reads streams with one JSON value a line: progress of builds and pulls, events. */
import type { Readable } from 'node:stream'
import { CapstanError } from '../../shared/errors'
import { ProgressLine, readAnswer } from './answers'
import { Bytes } from './bytes'
import { noSpaceError } from './failures'
import { nonsense, parseJson } from './json'

/** The longest line of an engine is the one of a build that prints a long line: some ten thousand bytes. */
const MOST_BYTES = 1024 * 1024
const LINE_END = 0x0a

export type LineListener = (line: string) => void

/**
 * Calls back for each line until the stream ends. Rejects when the stream fails. Only the line in progress is kept.
 * @throws CapstanError `engine-refused` for a line without an end; the stream is destroyed then
 */
export async function eachLine(
  stream: Readable,
  onLine: (line: Buffer) => void,
  doing = 'reading lines',
): Promise<void> {
  const rest = new Bytes()
  const add = (part: Buffer) => {
    rest.add(part)
    if (rest.length > MOST_BYTES) throw nonsense(doing, `has a line of more than ${MOST_BYTES} bytes`)
  }
  const end = () => {
    const line = rest.take()
    if (line.toString().trim()) onLine(line)
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, from)) {
      add(chunk.subarray(from, at))
      end()
      from = at + 1
    }
    add(chunk.subarray(from))
  }
  end()
}

/**
 * Follows a build, pull, push or import to its end. The engine starts the stream with 200 and may still report an
 * error in it.
 * @throws CapstanError `image-failed`, `no-space` when the disk is full, `engine-refused` for what is no progress
 */
export async function readProgress(
  stream: Readable,
  { doing, onLine }: { doing: string; onLine: LineListener },
): Promise<void> {
  let failure: string | null = null
  const read = (line: Buffer) => {
    const { stream: text, status, id, error } = readAnswer(ProgressLine, readLine(line, doing), doing)
    if (error) failure = error
    const words = text ?? (status && (id ? `${id}: ${status}` : status))
    if (words?.trim()) onLine(words.trim())
  }
  await eachLine(stream, read, doing)
  if (failure !== null) throw noSpaceError(failure, { doing }) ?? new CapstanError('image-failed', failure)
}

/** @throws CapstanError `engine-refused` for a line that is not JSON */
export function readLine(line: Buffer, doing: string): unknown {
  try {
    return parseJson(line, doing)
  } catch (error) {
    throw error instanceof CapstanError ? error : nonsense(doing, 'has a line that is not JSON', error)
  }
}
