/** Files of other programs on their way in: their bytes, what was understood of them, and how they are written. */
import { createHash, randomUUID } from 'node:crypto'
import { type ImportOptions, type Item, isLoss, pairsOf, partOfImport, picturesIn } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { type ImportPreview, LARGEST_PART, type PreviewItem } from '../../api'
import { type ReadForeign, runInThread } from '../own'
import type { KnownPrints } from './duplicates'
import { formatView } from './formats'
import { writeImport } from './write-import'

/** Milliseconds. The largest files that were tried take a fifth of it. */
const READ_LIMIT_MS = 60_000
/** A page shows no more of them. */
const MOST_PROBLEMS = 300

/** What the person knows and wants of a file. */
export interface ImportWish {
  /** By the content without it. */
  readonly format?: string | undefined
  readonly objective: string
  readonly forAll: boolean
}

/** Which questions of the last preview are added. */
export interface ImportChoice {
  /** Also those that are there already. */
  readonly duplicates: boolean
  /** The places of those that are not wanted, from 0. */
  readonly without: readonly number[]
}

export interface Surroundings {
  /** Names that the bank and the person's folder have already. */
  readonly taken: readonly string[]
  readonly prints: KnownPrints
}

interface Understood {
  readonly read: ReadForeign
  /** For each item, where the same question is already. */
  readonly places: readonly (string | null)[]
}

export class ForeignImport {
  readonly id = randomUUID()
  readonly name: string
  readonly #bytes: Uint8Array
  #length = 0
  #understood: Understood | null = null

  constructor({ fileName, size }: { readonly fileName: string; readonly size: number }) {
    this.name = fileName
    this.#bytes = new Uint8Array(size)
  }

  /** @throws CapstanError `bad-input` for a part that does not follow the one before it */
  take(offset: number, data: string): void {
    const part = Buffer.from(data, 'base64')
    if (offset !== this.#length || offset + part.length > this.#bytes.length || part.length > LARGEST_PART)
      throw notWhole()
    this.#bytes.set(part, offset)
    this.#length += part.length
  }

  /**
   * Reads the file in a thread.
   * @throws CapstanError `bad-input` for a file that is refused as a whole, `engine-timeout`, `cancelled`
   */
  async preview(wish: ImportWish, around: Surroundings, signal: AbortSignal): Promise<ImportPreview> {
    if (this.#length !== this.#bytes.length) throw notWhole()
    if (wish.format !== undefined) formatView(wish.format)
    const read = await this.#read({ name: this.name, ...wish, taken: around.taken }, signal)
    const understood = { read, places: around.prints.placesOf(read.items, picturesOf(read)) }
    this.#understood = understood
    return previewOf(understood)
  }

  /** Questions of the last preview. */
  items(from: number, count: number): PreviewItem[] {
    const { read, places } = this.#last()
    return read.items
      .slice(from, from + count)
      .map((item, index) => previewItem(item, read, places[from + index] ?? null))
  }

  /** @throws CapstanError `not-found` */
  picture(path: string): Uint8Array {
    const found = this.#last().read.pictures.find((one) => one.path === path)
    if (!found) throw new CapstanError('not-found', `There is no picture ${path}.`)
    return typeof found.data === 'string' ? Buffer.from(found.data, 'base64') : found.data
  }

  /**
   * Writes the questions of the last preview into a new folder in this one.
   * @throws CapstanError `no-space`, `bad-input`
   */
  async writeTo(
    folder: string,
    { duplicates, without }: ImportChoice,
  ): Promise<{ added: number; folder: string }> {
    const { read, places } = this.#last()
    const unwanted = new Set(without)
    const isWanted = (index: number) =>
      !unwanted.has(index) && (duplicates || (places[index] ?? null) === null)
    const wanted = new Set(read.items.filter((_item, index) => isWanted(index)))
    const part = partOfImport(read, (item) => wanted.has(item))
    const [first] = read.files
    if (!first || part.files.length === 0)
      throw new CapstanError('bad-input', 'There is no question to add.', {
        help: 'Choose some of its questions, those that are there already, or another file.',
      })
    const name = first.name.replace(/\.yaml$/, '')
    return { added: wanted.size, folder: await writeImport(folder, name, part) }
  }

  async #read(options: ImportOptions, signal: AbortSignal): Promise<ReadForeign> {
    let read: ReadForeign | null = null
    await runInThread(
      { kind: 'foreign', bytes: this.#bytes, options },
      {
        limitMs: READ_LIMIT_MS,
        signal,
        onReport: (report) => {
          if (report.kind === 'foreign') read = report.read
        },
      },
    )
    if (read) return read
    throw new CapstanError('bad-input', `${this.name} could not be read.`, { help: 'Try again.' })
  }

  #last(): Understood {
    if (this.#understood) return this.#understood
    throw new CapstanError('not-found', 'The file was not read yet.', { help: 'Choose it again.' })
  }
}

/** A hash of the pictures of an item. */
function picturesOf({ pictures }: ReadForeign): (item: Item) => string {
  const data = new Map(pictures.map((one) => [one.path, one.data]))
  return (item) => {
    const hash = createHash('sha256')
    for (const path of picturesIn(item)) hash.update(data.get(path) ?? '')
    return hash.digest('hex')
  }
}

function notWhole(): CapstanError {
  return new CapstanError('bad-input', 'The file did not arrive whole.', { help: 'Choose it again.' })
}

function previewOf({ read, places }: Understood): ImportPreview {
  const { format, encoding, items, problems, lost, pictures, withoutObjective } = read
  return {
    format: format === null ? null : formatView(format),
    encoding,
    items: items.length,
    duplicates: places.filter((place) => place !== null).length,
    withLoss: new Set(lost.map(({ item }) => item)).size,
    pictures: pictures.length,
    withoutObjective,
    problems: problems.slice(0, MOST_PROBLEMS),
    leftOut: problems.filter(isLoss).length,
  }
}

function previewItem(item: Item, { lost }: ReadForeign, duplicate: string | null): PreviewItem {
  const own = lost.filter((one) => one.item === item.id)
  return {
    ...item,
    pairs: pairsOf(item).pairs,
    lost: own.map(({ what }) => what),
    line: own[0]?.line ?? null,
    duplicate,
  }
}
