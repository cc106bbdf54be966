/** The bytes of foreign files as text. */

export type Decoded =
  | {
      readonly text: string
      /** A name such as "utf-8". */
      readonly encoding: string
      /** Nothing in the file names the encoding, and it is not UTF-8. A person must look whether its letters are right. */
      readonly isGuessed: boolean
      readonly problem?: undefined
    }
  | { readonly text: null; readonly problem: string }

const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]
/** What spreadsheets and editors of Windows write where they do not write UTF-8. */
const OLD = 'windows-1252'
/** Its characters from 0x80 to 0x9f (encoding.spec.whatwg.org, index windows-1252). */
const OLD_MARKS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
/** Bytes that show which encoding a file has. */
const SAMPLE = 4_000
/** In text of two bytes a character, most of the higher ones are 0. */
const MOSTLY = 0.6

/**
 * Reads text by its byte order mark, by the encoding that an XML declaration names, as UTF-16 or UTF-8, and else as what
 * old programs of Windows write. A byte that a named encoding does not have is a problem, and never another letter.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))
  const named = marked?.[0] ?? declared(bytes) ?? wide(bytes)
  if (named !== null) return decoded(bytes, named) ?? unreadable(named)
  return decoded(bytes, 'utf-8') ?? guessed(bytes)
}

/** Null for bytes that the encoding does not have, and for an encoding that does not exist. */
function decoded(bytes: Uint8Array, encoding: string): Decoded | null {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true })
    const text = decoder.decode(bytes)
    return { text: decoder.encoding === OLD ? withOldMarks(text) : text, encoding, isGuessed: false }
  } catch {
    return null
  }
}

function unreadable(encoding: string): Decoded {
  const exists = isEncoding(encoding)
  return {
    text: null,
    problem: exists
      ? `This file is not text in ${encoding.toUpperCase()}.`
      : `There is no encoding "${encoding}".`,
  }
}

/** Some versions of Node.js take Windows-1252 for ISO 8859-1, which has controls in the place of these characters. */
function withOldMarks(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => OLD_MARKS[control.charCodeAt(0) - 0x80] ?? control)
}

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    return false
  }
}

/** A file of letters in UTF-8 with few broken ones is damaged. One without any letter in UTF-8 never was UTF-8. */
function guessed(bytes: Uint8Array): Decoded {
  const loose = new TextDecoder('utf-8').decode(bytes)
  const broken = loose.split('\ufffd').length - 1
  const letters = loose.match(/[\u0080-\ufffc]/g)?.length ?? 0
  if (letters > broken || bytes.includes(0)) return unreadable('utf-8')
  return { text: withOldMarks(new TextDecoder(OLD).decode(bytes)), encoding: OLD, isGuessed: true }
}

function declared(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 200))
  return /^<\?xml[^>]*\sencoding=["']([A-Za-z][\w.-]*)["']/.exec(start)?.[1] ?? null
}

/** UTF-16 without a mark: every second byte is 0 as long as its letters are plain ones. */
function wide(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE)
  const zeros = [0, 0]
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const half = sample.length / 2
  if (half >= 2 && odd / half > MOSTLY && even === 0) return 'utf-16le'
  return half >= 2 && even / half > MOSTLY && odd === 0 ? 'utf-16be' : null
}
