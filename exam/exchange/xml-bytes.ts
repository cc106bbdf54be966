/** The bytes of a file of XML in a package as text. */
import { strFromU8 } from 'fflate'

const MARK = 0xfeff
const LATIN = /^(iso-?8859-1|latin1|us-ascii|windows-1252)$/i

/** Null for an encoding that is not read. XML is in UTF-8 unless it says otherwise. */
export function xmlText(bytes: Uint8Array): string | null {
  const [first = 0, second = 0] = bytes
  if (first === 0xff && second === 0xfe) return utf16(bytes, false)
  if (first === 0xfe && second === 0xff) return utf16(bytes, true)
  const [, named = 'utf-8'] =
    /^<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(strFromU8(bytes.subarray(0, 200), true)) ?? []
  if (LATIN.test(named)) return strFromU8(bytes, true)
  return /^utf-?8$/i.test(named) ? strFromU8(bytes).replace(/^\ufeff/, '') : null
}

/** @param isBig the higher byte of each pair comes first */
function utf16(bytes: Uint8Array, isBig: boolean): string {
  const letters: string[] = []
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const [a = 0, b = 0] = [bytes[at], bytes[at + 1]]
    const code = isBig ? (a << 8) | b : a | (b << 8)
    if (code !== MARK) letters.push(String.fromCharCode(code))
  }
  return letters.join('')
}
