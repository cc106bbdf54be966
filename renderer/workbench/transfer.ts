/** Moves a file in parts that fit into a message. Bytes stay as they are. */
import { LARGEST_PART } from '../../main/api'

export interface Following {
  /** Called after each part with the bytes so far. It may throw to end the transfer. */
  readonly onPart: (done: number) => void
  readonly signal: AbortSignal
}

interface OutPart {
  readonly offset: number
  readonly data: string
  readonly isLast: boolean
}

/** @throws the signal's reason */
export async function writeFileInParts(
  file: Blob,
  send: (part: OutPart) => Promise<unknown>,
  { onPart, signal }: Following,
): Promise<void> {
  for (let offset = 0; offset === 0 || offset < file.size; offset += LARGEST_PART) {
    signal.throwIfAborted()
    const end = Math.min(offset + LARGEST_PART, file.size)
    const bytes = new Uint8Array(await file.slice(offset, end).arrayBuffer())
    await send({ offset, data: toBase64(bytes), isLast: end === file.size })
    onPart(end)
  }
}

interface Wanted {
  readonly offset: number
  readonly length: number
}

/** @throws the signal's reason */
export async function readFileInParts(
  ask: (part: Wanted) => Promise<{ readonly data: string }>,
  { onPart, signal }: Following,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let offset = 0; ; ) {
    signal.throwIfAborted()
    const { data } = await ask({ offset, length: LARGEST_PART })
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0))
    parts.push(bytes)
    offset += bytes.length
    onPart(offset)
    if (bytes.length < LARGEST_PART) return new Blob(parts)
  }
}

/** A function takes only so many arguments, so the bytes go in pieces. */
function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 8_192)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)))
  return btoa(pieces.join(''))
}
