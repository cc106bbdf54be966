/** A compose file as a part of a link: compressed, in letters that an address may have. */
import { LARGEST_COMPOSE } from '../../../main/api'
import { joinBytes } from '../../../shared/join-bytes'

/** The most letters of a packed file. Text is packed to less than its size. */
const LARGEST_PACKED = 2 * LARGEST_COMPOSE
/** The most bytes of a character in UTF-8. */
const BYTES_OF_A_CHARACTER = 4

/** Packs a text, so that a link can carry it. */
export async function packText(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * Unpacks the text of a link. Anybody may have written it, so it is unpacked up to a limit only.
 * @throws Error for what was not packed by `packText`, or is too large
 */
export async function unpackText(packed: string): Promise<string> {
  if (packed.length > LARGEST_PACKED || !/^[\w-]+$/.test(packed)) throw new Error('The link is damaged.')
  const letters = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const text = new TextDecoder('utf-8', { fatal: true }).decode(
    await upTo(stream, LARGEST_COMPOSE * BYTES_OF_A_CHARACTER),
  )
  if (text.length > LARGEST_COMPOSE) throw new Error('The compose file in the link is too large.')
  return text
}

/** Reads a stream until its end. A small input can be unpacked to any size. */
async function upTo(stream: ReadableStream<Uint8Array>, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length
    if (size > mostBytes) {
      await reader.cancel()
      throw new Error('The compose file in the link is too large.')
    }
    parts.push(next.value)
  }
  return joinBytes(parts)
}
