/** The pictures that lie beside files of questions. Only bytes of pictures leave the host, whatever a name leads to. */
import { realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { CapstanError } from '../../../shared/errors'
import { readBeginning } from '../../../shared/system/part-of-file'
import { type PictureFacts, pictureFacts } from './picture-size'

/** Bytes. */
export const LARGEST_PICTURE = 2 * 1024 * 1024
/** Pixels: a page needs four bytes of memory for each. */
const MOST_PIXELS = 40_000_000
const NAME = /^pictures\/\w[\w.-]{0,120}$/

export interface FoundPicture {
  readonly type: PictureFacts['type']
  readonly bytes: Uint8Array
}

/**
 * Reads a picture of an item.
 * @param file the file of the item
 * @param path as a text of the item names it, such as pictures/net.png
 * @throws CapstanError `not-found` for what is not there, lies elsewhere, or is no picture that is shown
 */
export async function readPicture(file: string, path: string): Promise<FoundPicture> {
  const folder = dirname(file)
  if (!NAME.test(path)) throw missing(path, 'Pictures are in the folder pictures beside their questions.')
  const place = await realpath(join(folder, path)).catch(() => null)
  if (place === null) throw missing(path, `Put it into ${join(folder, 'pictures')}.`)
  // A link may lead out of the folder.
  if (!place.startsWith(`${await realpath(folder)}${sep}`))
    throw missing(path, 'It lies outside of the folder.')
  return checkedPicture(path, readBeginning(place, LARGEST_PICTURE + 1))
}

/** @throws CapstanError `not-found` for bytes that are no picture, or too many */
export function checkedPicture(path: string, bytes: Uint8Array): FoundPicture {
  if (bytes.length > LARGEST_PICTURE) throw missing(path, 'It has more than 2 MB. Make it smaller.')
  const facts = pictureFacts(bytes)
  if (!facts) throw missing(path, 'It is none of PNG, JPEG, GIF and WebP.')
  if (facts.width * facts.height > MOST_PIXELS)
    throw missing(path, `It has ${facts.width} × ${facts.height} pixels. Make it smaller.`)
  return { type: facts.type, bytes }
}

function missing(path: string, help: string): CapstanError {
  return new CapstanError('not-found', `The picture ${path} cannot be shown.`, { help })
}
