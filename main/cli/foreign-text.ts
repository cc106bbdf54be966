/** The bytes of foreign files as text. */

export type Decoded =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text: null; readonly problem: string }

const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * Reads text by its byte order mark, by the encoding that an XML declaration names, or as UTF-8. A byte that the encoding
 * does not have is a problem, and never another letter.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))
  const encoding = marked?.[0] ?? declared(bytes) ?? 'utf-8'
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch (error) {
    if (error instanceof RangeError) return { text: null, problem: `There is no encoding "${encoding}".` }
    return { text: null, problem: `This file is not text in ${encoding.toUpperCase()}.` }
  }
}

function declared(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 200))
  return /^<\?xml[^>]*\sencoding=["']([A-Za-z][\w.-]*)["']/.exec(start)?.[1] ?? null
}
