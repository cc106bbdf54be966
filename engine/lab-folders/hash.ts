/** One hash for all that a folder holds. Consent to a lab and copies of its files are bound to it. */
import { createHash } from 'node:crypto'
import { CapstanError } from '../../shared/errors'
import { readTree } from './read'
import type { Tree, TreeFlaw } from './tree'

/**
 * The SHA-256 of a tree in hexadecimal digits: of its sorted paths, of what may be executed, and of all contents.
 * Times, owners and other modes are left out, because they change without anybody changing the lab.
 */
export function hashOfTree({ files, folders }: Tree): string {
  const hash = createHash('sha256')
  // Each part has its length before it, so that two different trees never give the same bytes.
  const add = (part: string | Buffer) => {
    hash.update(`${Buffer.byteLength(part)}:`)
    hash.update(part)
  }
  add(`${folders.length} folders`)
  folders.forEach(add)
  add(`${files.length} files`)
  for (const { path, isExecutable, content } of files) {
    add(path)
    add(isExecutable ? 'executable' : 'plain')
    add(content)
  }
  return hash.digest('hex')
}

/**
 * The hash of a lab's folder as it is on the disk now.
 * @throws CapstanError `lab-invalid` when it holds what no lab may hold, the signal's reason, or the system's error
 * when there is no such folder
 */
export async function hashOfLabFolder(folder: string, signal?: AbortSignal): Promise<string> {
  const tree = await readTree(folder, signal)
  const [flaw] = tree.flaws
  if (flaw) throw flawError(flaw, folder)
  return hashOfTree(tree)
}

/** @param folder the folder or file that was read */
export function flawError({ path, reason, help }: TreeFlaw, folder: string): CapstanError {
  return new CapstanError('lab-invalid', `${path === '' ? folder : `"${path}" in ${folder}`} ${reason}.`, {
    help,
  })
}
