/** What the thread for questions from outside can do, and what it reports. */
import type { ImportOptions, Item, ParsedTemplate } from '../../../exam'
import type { FileProblem } from '../../../shared/files'
import type { ReadForeign } from './foreign'

/** Reads files of questions, one after the other. */
export interface ReadFilesJob {
  readonly kind: 'files'
  readonly folder: string
  /** Relative to the folder. */
  readonly files: readonly string[]
}

/** Reads a file of another program. */
export interface ReadForeignJob {
  readonly kind: 'foreign'
  readonly bytes: Uint8Array
  readonly options: ImportOptions
}

/** Writes questions in the format of another program. */
export interface WriteForeignJob {
  readonly kind: 'write'
  readonly format: string
  readonly items: readonly Item[]
  readonly pictures: readonly CarriedPicture[]
}

export type Job = ReadFilesJob | ReadForeignJob | WriteForeignJob

/** A picture that goes out with an item. */
export interface CarriedPicture {
  readonly item: string
  /** As the texts of the item name it. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** What was read of one file of questions. */
export interface OwnFile {
  readonly file: string
  readonly items: readonly Item[]
  readonly templates: readonly Pick<ParsedTemplate, 'id' | 'items'>[]
  readonly problems: readonly FileProblem[]
  /** The line of each entry of the file, by its index. */
  readonly lines: readonly number[]
  /** The pictures that its items show, each with the line of the first item that does. */
  readonly pictures: readonly { readonly path: string; readonly line: number }[]
  /** Characters of all its items as JSON, about. */
  readonly size: number
}

export interface WrittenForeign {
  readonly content: string | Uint8Array
  readonly lost: readonly { readonly id: string; readonly parts: readonly string[] }[]
}

export type Report =
  | { readonly kind: 'file'; readonly file: OwnFile }
  | { readonly kind: 'foreign'; readonly read: ReadForeign }
  | { readonly kind: 'written'; readonly written: WrittenForeign }
  /** Something that the person is told; other errors end the thread. */
  | { readonly kind: 'refused'; readonly message: string; readonly help: string | null }
