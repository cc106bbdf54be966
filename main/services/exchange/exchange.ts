/** The service of the person's own questions: lists, drills and pictures of them, imports and exports. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Item, isLeftOut, nameInFile, picturePaths, representatives, wholeItems } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { Turns } from '../../../shared/turns'
import {
  type ExportReady,
  type ExportWish,
  type ImportPreview,
  LARGEST_PART,
  type OwnQuestionsView,
  type PreviewItem,
} from '../../api'
import type { ExamRoom } from '../attempts'
import type { ExamsService, OwnWish } from '../exams'
import { checkedPicture, type FoundPicture, type OwnContent, type OwnQuestions, readPicture } from '../own'
import { KnownPrints } from './duplicates'
import { lostParts, writeForeign } from './exports'
import { formatView } from './formats'
import { ForeignImport, type ImportChoice, type ImportWish, type Surroundings } from './imports'
import { ownView } from './views'

export interface ExchangeOptions {
  readonly exams: Pick<ExamsService, 'bank' | 'item' | 'itemIdAt' | 'seen' | 'startOwnDrill' | 'textsShown'>
  readonly own: Pick<OwnQuestions, 'item' | 'read'>
  /** An export has keys, so none is made while an exam runs. */
  readonly room: Pick<ExamRoom, 'enter'>
  /** The folder of the house's questions. */
  readonly questions: string
}

interface KeptExport {
  readonly id: string
  readonly bytes: Buffer
}

export class ExchangeService {
  readonly #options: ExchangeOptions
  /** A file may need much memory, so there is one at a time. */
  #import: ForeignImport | null = null
  #export: KeptExport | null = null
  readonly #adding = new Turns()

  constructor(options: ExchangeOptions) {
    this.#options = options
  }

  async list(): Promise<OwnQuestionsView> {
    return ownView(await this.#options.own.read())
  }

  /** @throws CapstanError `bad-input` when no question fits, `session-exists` while an exam runs */
  async practise(wish: OwnWish): Promise<string> {
    return await this.#options.exams.startOwnDrill(wish)
  }

  begin(file: { readonly fileName: string; readonly size: number }): string {
    this.#import = new ForeignImport(file)
    return this.#import.id
  }

  /** @throws CapstanError `bad-input` for a part that does not follow the one before it, `not-found` */
  take(id: string, { offset, data }: { readonly offset: number; readonly data: string }): void {
    this.#importOf(id).take(offset, data)
  }

  /** @throws CapstanError `session-exists` while an exam runs; see also `ForeignImport.preview` */
  async preview(id: string, wish: ImportWish, signal: AbortSignal): Promise<ImportPreview> {
    await this.#requireNoExam()
    return await this.#importOf(id).preview(wish, await this.#surroundings(), signal)
  }

  /** @throws CapstanError `session-exists` while an exam runs, `not-found` */
  async items(
    id: string,
    { from, count }: { readonly from: number; readonly count: number },
  ): Promise<PreviewItem[]> {
    await this.#requireNoExam()
    return this.#importOf(id).items(from, count)
  }

  /** @throws CapstanError `session-exists` while an exam runs, `not-found` */
  async importedPicture(id: string, path: string): Promise<FoundPicture> {
    await this.#requireNoExam()
    return checkedPicture(path, this.#importOf(id).picture(path))
  }

  /**
   * A file is added once, however often and in how many windows that is asked for.
   * @throws CapstanError `bad-input` when there is nothing to add or it cannot be written, `no-space`, `not-found`
   */
  async add(id: string, choice: ImportChoice): Promise<{ added: number; folder: string }> {
    return await this.#adding.run(async () => {
      const { folder } = await this.#options.own.read()
      const added = await this.#importOf(id).writeTo(folder, choice)
      this.forget(id)
      await this.#options.own.read()
      return added
    })
  }

  forget(id: string): void {
    if (this.#import?.id === id) this.#import = null
  }

  /**
   * Writes a file and keeps it until the next one.
   * @throws CapstanError `session-exists` while an exam runs, `bad-input` when there is nothing to export
   */
  async export(wish: ExportWish, format: string): Promise<ExportReady> {
    const { extension } = formatView(format)
    const { folder } = await this.#options.own.read()
    const items = await this.#options.room.enter(() => this.#wished(wish))
    const { content, lost } = await writeForeign(items, format, (item, path) =>
      this.#picture(item, path, folder),
    )
    const bytes = Buffer.from(content)
    this.#export = { id: randomUUID(), bytes }
    return {
      exportId: this.#export.id,
      name: `capstan-${wish.of === 'own' ? 'my-questions' : wish.of}${extension}`,
      size: bytes.length,
      items: items.length - lost.filter(isLeftOut).length,
      lost: lostParts(lost),
    }
  }

  /** @throws CapstanError `not-found` for an export that is no longer kept, `session-exists` while an exam runs */
  async exported(id: string, offset: number): Promise<{ data: string; isLast: boolean }> {
    await this.#requireNoExam()
    if (this.#export?.id !== id)
      throw new CapstanError('not-found', 'The export is gone.', { help: 'Make it again.' })
    const { bytes } = this.#export
    const data = bytes.subarray(offset, offset + LARGEST_PART).toString('base64')
    return { data, isLast: offset + LARGEST_PART >= bytes.length }
  }

  /**
   * A picture in a text that this person has been shown.
   * @throws CapstanError `not-found`
   */
  async picture(
    of: { readonly attemptId: string; readonly item: number } | { readonly itemId: string },
    path: string,
  ): Promise<FoundPicture> {
    const { exams, own } = this.#options
    const id = 'itemId' in of ? of.itemId : await exams.itemIdAt(of.attemptId, of.item)
    const shown = await exams.textsShown(id)
    const item = exams.item(id)
    if (!item || !shown.some((text) => picturePaths(text).includes(path)))
      throw new CapstanError('not-found', `The picture ${path} cannot be shown.`, {
        help: 'Its question is gone.',
      })
    return await this.#picture(item, path, (await own.read()).folder)
  }

  async #picture(item: Item, path: string, ownFolder: string): Promise<FoundPicture> {
    const folder = this.#options.own.item(item.id) ? ownFolder : this.#options.questions
    return await readPicture(join(folder, item.place.file), path)
  }

  async #wished(wish: ExportWish): Promise<Item[]> {
    const { exams, own } = this.#options
    if (wish.of === 'missed')
      return (await exams.seen()).flatMap(({ id, answered, right }) =>
        answered && !right ? (exams.item(id) ?? []) : [],
      )
    if (wish.of === 'own') {
      const { bank } = await own.read()
      const all = wholeItems(bank, representatives(bank))
      const { folder } = wish
      return folder === undefined ? all : all.filter(({ place }) => isIn(place.file, folder))
    }
    const { bank } = exams.bank
    const { domain, objective } = wish
    return wholeItems(bank, representatives(bank)).filter(
      (item) =>
        (domain === undefined || item.domain === domain) &&
        (objective === undefined || item.objectives.includes(objective)),
    )
  }

  async #surroundings(): Promise<Surroundings> {
    const { exams, own } = this.#options
    const { bank } = exams.bank
    const house = representatives(bank)
    const mine = await own.read()
    const heads = representatives(mine.bank)
    return {
      taken: [...house, ...heads].map(nameInFile),
      prints: new KnownPrints([
        { where: "in Capstan's bank", items: wholeItems(bank, house) },
        { where: 'among your own questions', items: wholeItems(mine.bank, heads) },
      ]),
    }
  }

  /** A file may have keys of the exam that runs, whichever way it goes. @throws CapstanError `session-exists` */
  async #requireNoExam(): Promise<void> {
    await this.#options.room.enter(async () => undefined)
  }

  /** @throws CapstanError `not-found` for a file that was let go of */
  #importOf(id: string): ForeignImport {
    if (this.#import?.id === id) return this.#import
    throw new CapstanError('not-found', 'The file is no longer here.', { help: 'Choose it again.' })
  }
}

function isIn(file: OwnContent['files'][number]['file'], folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`)
}
