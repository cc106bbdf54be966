/** The small files in the shapes of teachers' own, read as the app reads them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeText } from '../shared/system/decode-text'

export const EXCHANGE_FILES = fileURLToPath(new URL('fixtures/exchange', import.meta.url))

/** @throws Error for a file that is no text */
export function readExchangeFile(name: string): { readonly text: string; readonly isGuessed: boolean } {
  const decoded = decodeText(readFileSync(join(EXCHANGE_FILES, name)))
  if (decoded.text === null) throw new Error(decoded.problem)
  return decoded
}
