/** A file of questions of another program: from its bytes to what would become of it. Nothing is written. */
import { type Imported, type ImportOptions, importForeign, isZip } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import type { FileProblem } from '../../../shared/files'
import { decodeText } from '../../../shared/system/decode-text'
import { LARGEST_FOREIGN_FILE } from '../../api'

export interface ReadForeign extends Imported {
  /** Null for a zip file. */
  readonly encoding: string | null
}

/**
 * Reads a file, whatever its encoding and its format.
 * @throws CapstanError `bad-input` for a file that is too large, or that is neither text nor a zip file
 */
export function readForeign(bytes: Uint8Array, options: ImportOptions): ReadForeign {
  const { name } = options
  if (bytes.length > LARGEST_FOREIGN_FILE)
    throw new CapstanError('bad-input', `${name} is larger than 20 MB.`, { help: 'Split it.' })
  if (isZip(bytes)) return { ...importForeign(bytes, options), encoding: null }
  const decoded = decodeText(bytes)
  if (decoded.text === null)
    throw new CapstanError('bad-input', `${name}: ${decoded.problem}`, {
      help: 'Save it as UTF-8, then import it again.',
    })
  const { text, encoding, isGuessed } = decoded
  const imported = importForeign(text, options)
  const doubts = isGuessed ? [guess(name, encoding)] : []
  return { ...imported, problems: [...doubts, ...imported.problems], encoding }
}

function guess(file: string, encoding: string): FileProblem {
  return {
    file,
    line: 1,
    column: 1,
    message: `This file is not UTF-8, so it was read as ${encoding}.`,
    help: 'Look whether its letters are right; if not, save it as UTF-8.',
    severity: 'warning',
  }
}
