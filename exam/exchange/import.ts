/** A foreign file, from its text to questions of our own. Nothing is written: a person looks at it first. */
import type { FileProblem } from '../../shared/files'
import { type Item, parseQuestions } from '../format'
import { type Content, type LostPart, problemAt } from './draft'
import { FORMATS } from './formats'
import { idOf } from './ids'
import { type Picture, picturesIn } from './pictures'
import { byEnding, recognise } from './recognise'
import { draftsToYaml, type WrittenFile } from './to-yaml'

export interface ImportOptions {
  /** The name of the file, for problems and for the ids of questions that have none. */
  readonly name: string
  /** The name of a format. By default the content tells it. */
  readonly format?: string | undefined
  /** The objective of questions that name none. */
  readonly objective: string
  /** Whether it is the objective of all questions, whatever they name. */
  readonly forAll?: boolean
  /** Ids that the bank has already. */
  readonly taken: Iterable<string>
}

export interface Imported {
  /** Null when the content does not tell it. */
  readonly format: string | null
  /** The questions as they will be read from the files. */
  readonly items: readonly Item[]
  /** What is to be written, with names such as quiz.yaml. */
  readonly files: readonly (WrittenFile & { readonly name: string })[]
  readonly problems: readonly FileProblem[]
  readonly lost: readonly LostPart[]
  /** Files to write beside those of the questions. */
  readonly pictures: readonly Picture[]
  /** How many questions name no objective. */
  readonly withoutObjective: number
}

/** @param content text, or the bytes of a zip file */
export function importForeign(content: Content, options: ImportOptions): Imported {
  const { name, objective, taken } = options
  const format = options.format ?? recognise(content) ?? (typeof content === 'string' ? byEnding(name) : null)
  const reader = format === null ? undefined : FORMATS[format]
  if (format === null || !reader) return nothing(unknownFormat(name, format))
  const read = reader.read(content, name)
  const prefix = idOf(name.replace(/\.[^.]*$/, '')) || 'imported'
  const drafts = options.forAll ? read.drafts.map((draft) => ({ ...draft, objectives: [] })) : read.drafts
  const written = draftsToYaml(drafts, {
    objectives: [objective],
    source: name,
    prefix,
    file: name,
    taken,
  })
  const files = written.files.map((file, index) => ({
    ...file,
    name: `${prefix}${index === 0 ? '' : `-${index + 1}`}.yaml`,
  }))
  return {
    format,
    files,
    items: files.flatMap((file) => parseQuestions({ file: `import/${file.name}`, text: file.text }).items),
    problems: [...read.problems, ...written.problems],
    lost: written.lost,
    pictures: written.pictures,
    withoutObjective: read.drafts.filter(({ objectives }) => objectives.length === 0).length,
  }
}

function nothing(problem: FileProblem): Imported {
  return {
    format: null,
    items: [],
    files: [],
    problems: [problem],
    lost: [],
    pictures: [],
    withoutObjective: 0,
  }
}

/** The files and pictures to write when only some of the questions are wanted. */
export function partOfImport(
  { files, items, pictures }: Imported,
  isWanted: (item: Item) => boolean,
): Pick<Imported, 'files' | 'pictures'> {
  const left = [...items]
  const parts = files.map(({ name, parts: all }) => {
    const own = left.splice(0, all.length)
    return { name, parts: all.filter((_part, index) => own[index] !== undefined && isWanted(own[index])) }
  })
  const shown = new Set(items.filter(isWanted).flatMap(picturesIn))
  return {
    files: parts
      .filter((file) => file.parts.length > 0)
      .map((file) => ({ ...file, text: file.parts.join(''), items: file.parts.length })),
    pictures: pictures.filter(({ path }) => shown.has(path)),
  }
}

function unknownFormat(file: string, format: string | null): FileProblem {
  const names = Object.keys(FORMATS).join(', ')
  return format === null
    ? problemAt(file, 1, {
        message: 'This file looks like none of the formats.',
        help: `Name one of ${names}.`,
      })
    : problemAt(file, 1, { message: `There is no format "${format}".`, help: `There are ${names}.` })
}
