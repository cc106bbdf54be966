/** Tar archives of files of a lab, made of bytes that were checked before. */
import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { CapstanError } from '../../shared/errors'
import { flawError, hashOfTree } from './hash'
import { readTree } from './read'
import type { Tree } from './tree'

export interface ArchiveOptions {
  /** The name of the folder or file in the archive; it may have several parts. */
  readonly name: string
  /** The hash that the files had when the lab was loaded. Other files are refused. */
  readonly hash?: string | undefined
}

/**
 * Reads one file or folder of a lab and packs it. The archive holds exactly the bytes that were checked.
 * @throws CapstanError `lab-invalid` when there is something that no lab may hold, or when the files have changed
 */
export async function archiveOfLabFiles(from: string, { name, hash }: ArchiveOptions): Promise<Readable> {
  const tree = await readTree(from).catch((cause: unknown) => {
    const help = 'Put it back, or open the lab again after a restart of Capstan.'
    throw new CapstanError('lab-invalid', `${from} cannot be read.`, { help, cause })
  })
  const [flaw] = tree.flaws
  if (flaw) throw flawError(flaw, from)
  if (hash !== undefined && hashOfTree(tree) !== hash) {
    throw new CapstanError('lab-invalid', `${from} has changed since the lab was loaded.`, {
      help: 'Restart Capstan, so that the lab is loaded as it is now.',
    })
  }
  return packed(tree, name)
}

function packed({ files, folders }: Tree, name: string): Readable {
  const archive = pack()
  const isFile = files.some(({ path }) => path === '')
  const nameOf = (path: string) => (path === '' ? name : `${name}/${path}`)
  const common = { uid: 0, gid: 0 }
  for (const path of isFile ? [] : ['', ...folders])
    archive.entry({ ...common, name: nameOf(path), type: 'directory', mode: 0o755 })
  for (const { path, isExecutable, changedAt, content } of files)
    archive.entry(
      { ...common, name: nameOf(path), mode: isExecutable ? 0o755 : 0o644, mtime: changedAt },
      content,
    )
  archive.finalize()
  return Readable.from(archive)
}
