/** Files of a node as the editor shows them. */
import { CapstanError } from '../../../shared/errors'

/** Larger files are for the terminal. */
export const LARGEST_FILE = 1024 * 1024

/** @throws CapstanError `bad-input` for a file that is not text: saving it from the editor would spoil it */
export function asText(path: string, content: Buffer): string {
  try {
    if (content.includes(0)) throw new TypeError('binary')
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch (error) {
    throw new CapstanError('bad-input', `${path} is not a text file.`, {
      help: 'Look at it in the terminal.',
      cause: error,
    })
  }
}
