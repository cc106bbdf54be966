/** A recipe is a folder with a Dockerfile; its hash says when the image must be made anew. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pack } from 'tar-stream'

/** Hex digits of a hash that are enough to tell recipes apart. */
const HASH_LENGTH = 12

interface RecipeFile {
  readonly name: string
  readonly content: Buffer
  readonly mode: number
}

async function filesOf(folder: string): Promise<RecipeFile[]> {
  const names = (await readdir(folder)).sort()
  return await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      return { name, content: await readFile(path), mode: (await stat(path)).mode & 0o777 }
    }),
  )
}

/** Changes when a file of the recipe does, or what it is built on. */
export async function recipeHash(folder: string, builtOn: string): Promise<string> {
  const hash = createHash('sha256').update(builtOn)
  for (const { name, content } of await filesOf(folder)) hash.update(`\0${name}\0`).update(content)
  return hash.digest('hex').slice(0, HASH_LENGTH)
}

/** The recipe's folder as a build context. */
export async function recipeContext(folder: string): Promise<Readable> {
  const archive = pack()
  for (const { name, content, mode } of await filesOf(folder)) archive.entry({ name, mode }, content)
  archive.finalize()
  return Readable.from(archive)
}

/** One hash of several. */
export function jointHash(hashes: readonly string[]): string {
  return createHash('sha256').update(hashes.join()).digest('hex').slice(0, HASH_LENGTH)
}
