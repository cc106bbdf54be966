/** Notes what is brought to the disk, so that a test notices when it no longer is, or too early or too late. */
import { fstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'

export interface Sync {
  /** The file or folder, from the folder that is watched; that folder itself is `.`. */
  readonly name: string
  /** What every file below the folder held when it was asked for. */
  readonly files: Readonly<Record<string, string>>
}

/** The methods that all file handles share. */
export async function handlePrototype(): Promise<FileHandle> {
  const handle = await open('.', 'r')
  await handle.close()
  return Object.getPrototypeOf(handle)
}

/** Notes all syncs of file handles below a folder, in order, until the test ends. */
export async function syncsIn(folder: string): Promise<Sync[]> {
  const syncs: Sync[] = []
  const prototype = await handlePrototype()
  for (const method of ['sync', 'datasync'] as const) {
    const original = prototype[method]
    const spy = vi.spyOn(prototype, method).mockImplementation(async function (this: FileHandle) {
      syncs.push(syncOf(this.fd, folder))
      await original.call(this)
    })
    onTestFinished(() => spy.mockRestore())
  }
  return syncs
}

/** What a sync of an open file or folder finds. */
export function syncOf(fd: number, folder: string): Sync {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
  const found = fstatSync(fd).ino
  const name = names.find((one) => statSync(join(folder, one)).ino === found) ?? 'elsewhere'
  const files = names.filter((one) => statSync(join(folder, one)).isFile())
  const contents = files.map((one) => [withoutCount(one), readFileSync(join(folder, one), 'utf8')])
  return { name: withoutCount(name), files: Object.fromEntries(contents) }
}

/** The name of a file that is being written holds the number of its process and a count. */
function withoutCount(name: string): string {
  return name.replace(/\.\d+-\d+\.new$/, '.new')
}
