/** Tar archives of our own folders, in the form in which the engine unpacks them. */
import { realpath } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { type Headers, pack } from 'tar-fs'

/** The order does not depend on the disk, and modes do not depend on the umask of this process. */
const SAME_EVERYWHERE = { sort: true, umask: 0 }

/** Everything in a folder, as a build context. */
export async function archiveOfFolder(folder: string): Promise<Readable> {
  return Readable.from(pack(await realpath(folder), { ...SAME_EVERYWHERE, map: ofRoot }))
}

/** The numbers of this machine's users mean nothing in a container. */
function ofRoot(header: Headers): Headers {
  return { ...header, uid: 0, gid: 0 }
}
