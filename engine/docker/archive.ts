/** Tar archives of files and folders of this machine, in the form in which the engine unpacks them. */
import { realpath } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Readable } from 'node:stream'
import { type Headers, pack } from 'tar-fs'

/** The order does not depend on the disk, and modes do not depend on the umask of this process. */
const SAME_EVERYWHERE = { sort: true, umask: 0 }

/** Everything in a folder, as a build context. */
export async function archiveOfFolder(folder: string): Promise<Readable> {
  return Readable.from(pack(await realpath(folder), { ...SAME_EVERYWHERE, map: ofRoot }))
}

/**
 * One file or folder under another name, which may have several parts. Modes, times and links stay as they are.
 * @throws the system's error when there is no such file
 */
export async function archiveOf(path: string, name: string): Promise<Readable> {
  const source = await realpath(path)
  const own = basename(source)
  const rename = (header: Headers) => ofRoot({ ...header, name: name + header.name.slice(own.length) })
  return Readable.from(pack(dirname(source), { ...SAME_EVERYWHERE, entries: [own], map: rename }))
}

/** The numbers of this machine's users mean nothing in a container. */
function ofRoot(header: Headers): Headers {
  return { ...header, uid: 0, gid: 0 }
}
