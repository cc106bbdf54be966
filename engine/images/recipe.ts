/** A recipe is a folder with a Dockerfile. Its hash changes when the image must be built again. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Hex digits of a hash that are enough to tell recipes apart. */
const HASH_LENGTH = 12

/** The hash changes when a file of the recipe changes, or the image that it is built on. */
export async function recipeHash(folder: string, builtOn: string): Promise<string> {
  const hash = createHash('sha256').update(builtOn)
  for (const name of (await readdir(folder)).sort()) {
    hash.update(`\0${name}\0`).update(await readFile(join(folder, name)))
  }
  return hash.digest('hex').slice(0, HASH_LENGTH)
}

/** One hash for several. */
export function jointHash(hashes: readonly string[]): string {
  return createHash('sha256').update(hashes.join()).digest('hex').slice(0, HASH_LENGTH)
}
