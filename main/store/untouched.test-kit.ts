/** Everything that can change in a folder, for tests of what must leave it alone. */
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Each file and folder with its mode, the time of its last change, and its content; null without the folder. */
export async function stateOf(folder: string): Promise<Record<string, string> | null> {
  const names = await readdir(folder, { recursive: true }).catch(() => null)
  if (!names) return null
  const state = ['.', ...names].sort().map(async (name) => [name, await stateOfOne(join(folder, name))])
  return Object.fromEntries(await Promise.all(state))
}

async function stateOfOne(path: string): Promise<string> {
  const found = await lstat(path)
  const content = found.isFile() ? await readFile(path, 'latin1') : ''
  return `${found.mode.toString(8)} ${found.ino} ${found.mtimeMs} ${content}`
}
