/** Reads no more of a file than somebody is ready to take, whatever its name leads to. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { CapstanError } from '../errors'

/**
 * Reads the beginning of a regular file, synchronously.
 * @param most bytes; a file that has more is cut there
 * @throws CapstanError `bad-input` for what is not a regular file, which might never end or never answer; the system's
 * error for a file that cannot be opened or read
 */
export function readBeginning(path: string, most: number): Buffer {
  // A pipe that took the file's place would otherwise be waited for.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const found = fstatSync(descriptor)
    if (!found.isFile())
      throw new CapstanError('bad-input', `${path} is not a file.`, { help: 'Put a regular file there.' })
    const content = Buffer.allocUnsafe(Math.min(found.size, most))
    let length = 0
    while (length < content.length) {
      const read = readSync(descriptor, content, length, content.length - length, length)
      if (read === 0) break
      length += read
    }
    return content.subarray(0, length)
  } finally {
    closeSync(descriptor)
  }
}
