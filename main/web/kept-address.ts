/**
 * The port and the token of the last start. They are used again, so that open pages and bookmarks go on after a restart.
 *
 * Whoever can read the file can use Capstan, so it is the user's alone. A file that others could read is not used again.
 */
import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../../shared/system/whole-file'
import { ADDRESS } from './listen'

const KeptAddress = z.object({
  port: z.number().int().min(1).max(65_535),
  token: z.string().regex(/^[\w-]{32}$/),
})
export type KeptAddress = Readonly<z.infer<typeof KeptAddress>>

const LARGEST_BYTES = 4096
const FOR_OTHERS = 0o077

/** @param folder the data folder @returns null where there is none that can be used: a new one is made then */
export async function readAddress(folder: string): Promise<KeptAddress | null> {
  const path = pathIn(folder)
  try {
    const { mode, size, isFile } = await status(path)
    if (!isFile || size > LARGEST_BYTES || (process.platform !== 'win32' && mode & FOR_OTHERS)) return null
    return KeptAddress.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

/** The address at which the app was served last, with its token; null when it never was. It may not run now. */
export async function servedAddress(folder: string): Promise<string | null> {
  const kept = await readAddress(folder)
  return kept && `http://${ADDRESS}:${kept.port}/?token=${kept.token}`
}

/** @throws the error of the system */
export async function keepAddress(folder: string, address: KeptAddress): Promise<void> {
  await writeWhole(pathIn(folder), `${JSON.stringify(address)}\n`, 0o600)
}

async function status(path: string) {
  const found = await lstat(path)
  return { mode: found.mode, size: found.size, isFile: found.isFile() }
}

function pathIn(folder: string): string {
  return join(folder, 'web-host.json')
}
