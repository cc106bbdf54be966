/** Pictures that come with foreign questions, go into files beside ours, and go out again. */
import type { Item } from '../format'

/** A picture of a question: its bytes, or their base64. */
export type PictureData = string | Uint8Array

export interface Picture {
  /** The path from the file of its question, such as pictures/net-one-1.png. */
  readonly path: string
  readonly data: PictureData
}

/** Bytes. */
const LARGEST = 2 * 1024 * 1024
/** The first bytes of each kind, and their base64 as far as it is the same for all of the kind. */
const KINDS: readonly {
  readonly ending: string
  readonly bytes: readonly number[]
  readonly base64: string
}[] = [
  { ending: 'png', bytes: [0x89, 0x50, 0x4e, 0x47], base64: 'iVBORw' },
  { ending: 'jpg', bytes: [0xff, 0xd8, 0xff], base64: '/9j/' },
  { ending: 'gif', bytes: [0x47, 0x49, 0x46, 0x38], base64: 'R0lGOD' },
  { ending: 'webp', bytes: [0x52, 0x49, 0x46, 0x46], base64: 'UklGR' },
]
/** The bytes of a picture that an item shows, by the id of the item and the path in its texts; null where there are none. */
export type PicturesOf = (id: string, path: string) => Uint8Array | null

export const NO_PICTURES: PicturesOf = () => null

/** A picture in a text. Other programs write its title behind the path. */
const SHOWN = /\]\((pictures\/[\w.-]+)(?=[\s)])/g

/** Where a picture stands in a text until its question has an id. */
const SCHEME = 'picture:'
const PLACE = /\]\(picture:(\d+)\)/g

/** The ending for a picture; null for data that is none of the kinds that a page shows safely, or too large. */
export function endingOf(data: PictureData): string | null {
  const size = typeof data === 'string' ? (data.length * 3) / 4 : data.length
  if (size > LARGEST) return null
  const kind = KINDS.find(({ bytes, base64 }) =>
    typeof data === 'string' ? data.startsWith(base64) : bytes.every((byte, index) => data[index] === byte),
  )
  return kind?.ending ?? null
}

/** The pictures of one question, in the order in which its texts show them. */
export class Pictures {
  readonly #data: PictureData[] = []

  get all(): readonly PictureData[] {
    return this.#data
  }

  /** @returns where it stands in a text; null for data that is no picture */
  add(data: PictureData): string | null {
    if (endingOf(data) === null) return null
    const known = this.#data.indexOf(data)
    if (known < 0) this.#data.push(data)
    return `${SCHEME}${known < 0 ? this.#data.length : known + 1}`
  }
}

/** The paths of a question's pictures, once it has an id. */
export function placedPictures(id: string, pictures: readonly PictureData[]): Picture[] {
  return pictures.map((data, index) => ({
    path: `pictures/${id}-${index + 1}.${endingOf(data) ?? 'png'}`,
    data,
  }))
}

/** The text with the paths of its pictures. */
export function withPaths(text: string, pictures: readonly Picture[]): string {
  return text.replace(PLACE, (place, number: string) => {
    const picture = pictures[Number(number) - 1]
    return picture ? `](${picture.path})` : place
  })
}

/** The paths of the pictures that a text shows, each once. */
export function picturePaths(text: string): string[] {
  return [...new Set([...text.matchAll(SHOWN)].flatMap(([, path]) => path ?? []))]
}

/** The paths of all pictures that an item shows. */
export function picturesIn({
  stem,
  explanation,
  options,
  prompts,
}: Pick<Item, 'stem' | 'explanation' | 'options' | 'prompts'>): string[] {
  const parts = [...options, ...prompts].flatMap(({ text, why }) => [text, why ?? ''])
  return picturePaths([stem, explanation, ...parts].join('\n'))
}

/** The text with other paths for its pictures. */
export function withOtherPaths(text: string, other: (path: string) => string): string {
  return text.replace(SHOWN, (_all, path: string) => `](${other(path)}`)
}
