/** Writes drafts as files of our own questions, and reads each back before it counts. */
import { stringify } from 'yaml'
import type { FileProblem } from '../../shared/files'
import { type Item, parseQuestions } from '../format'
import { type Draft, type LostPart, problemAt } from './draft'
import { FreeIds } from './ids'
import { pairsOf } from './parts'
import { type Picture, placedPictures, withPaths } from './pictures'

/** Values for keys that a foreign format does not have. */
export interface DraftDefaults {
  readonly objectives: readonly string[]
  readonly source: string
  /** The beginning of the ids of drafts without one. */
  readonly prefix: string
}

/** A file of our own questions. */
export interface WrittenFile {
  readonly text: string
  /** How many items it holds. */
  readonly items: number
  /** The parts of the text, one for each item. */
  readonly parts: readonly string[]
}

export interface Written {
  readonly files: readonly WrittenFile[]
  /** The drafts that cannot be kept, with their lines in the foreign file. */
  readonly problems: readonly FileProblem[]
  /** What the items do not have of their foreign questions. */
  readonly lost: readonly LostPart[]
  readonly pictures: readonly Picture[]
}

/** The reader takes no file of any length. */
const MOST_ITEMS = 500
const LONGEST_FILE = 400_000

/**
 * @param file the name of the foreign file, for problems
 * @param taken ids that the bank has already
 */
export function draftsToYaml(
  drafts: readonly Draft[],
  { file, taken, ...defaults }: DraftDefaults & { readonly file: string; readonly taken?: Iterable<string> },
): Written {
  const ids = new FreeIds(taken)
  const texts: string[] = []
  const problems: FileProblem[] = []
  const lost: LostPart[] = []
  const pictures: Picture[] = []
  for (const [index, foreign] of drafts.entries()) {
    const id = ids.free(foreign.id ?? `${defaults.prefix}-${index + 1}`)
    const own = placedPictures(id, foreign.pictures ?? [])
    const draft = own.length > 0 ? placed(foreign, own) : foreign
    // Items share the default objectives, and a file with many aliases would be refused when it is read.
    const text = stringify([entry(draft, id, defaults)], { lineWidth: 0, aliasDuplicateObjects: false })
    const message = faultOf(draft, text)
    if (message === null) {
      texts.push(text)
      pictures.push(...own)
      lost.push(...draft.lost.map((what) => ({ file, line: draft.line, item: id, what })))
    } else problems.push(problemAt(file, draft.line, { message, help: 'Correct it here, or leave it out.' }))
  }
  return { files: filesOf(texts), problems, lost, pictures }
}

/** The draft with the paths of its pictures. */
function placed(draft: Draft, pictures: readonly Picture[]): Draft {
  const text = (one: string) => withPaths(one, pictures)
  return {
    ...draft,
    stem: text(draft.stem),
    explanation: draft.explanation && text(draft.explanation),
    options: draft.options.map((option) => ({
      ...option,
      text: text(option.text),
      why: option.why && text(option.why),
    })),
    ...(draft.prompts && {
      prompts: draft.prompts.map((prompt) => ({ text: text(prompt.text), option: text(prompt.option) })),
    }),
  }
}

/** Null when the text is read as the item that the draft describes. */
function faultOf(draft: Draft, text: string): string | null {
  const { items, problems } = parseQuestions({ file: 'import/item.yaml', text })
  const [problem] = problems
  const [item] = items
  if (problem) return `This question cannot be kept. ${problem.message}`
  if (!item || !isSame(item, draft)) return 'This question cannot be kept: it would be read as another one.'
  return null
}

function isSame(item: Item, draft: Draft): boolean {
  const text = (one: { readonly text: string; readonly right: boolean; readonly why: string | null }) => [
    one.text.trim(),
    one.right,
    one.why?.trim() || null,
  ]
  const essence = ({ kind, stem, options }: Pick<Item, 'kind' | 'stem'> & Pick<Draft, 'options'>) =>
    JSON.stringify([kind, stem.trim(), options.map(text)])
  const prompts = (draft.prompts ?? []).map(({ text: left, option }) => [left.trim(), option.trim()])
  const own = pairsOf(item).pairs.map(({ left, right }) => [left, right])
  return essence(item) === essence(draft) && JSON.stringify(own) === JSON.stringify(prompts)
}

function filesOf(texts: readonly string[]): WrittenFile[] {
  const files: WrittenFile[] = []
  let own: string[] = []
  let length = 0
  const end = () => {
    if (own.length > 0) files.push({ text: own.join(''), items: own.length, parts: own })
    own = []
    length = 0
  }
  for (const text of texts) {
    if (own.length === MOST_ITEMS || length + text.length > LONGEST_FILE) end()
    own.push(text)
    length += text.length
  }
  end()
  return files
}

function entry(draft: Draft, id: string, { objectives, source }: DraftDefaults) {
  return {
    id,
    objectives: draft.objectives.length > 0 ? draft.objectives : objectives,
    kind: draft.kind,
    difficulty: draft.difficulty ?? 'medium',
    stem: draft.stem,
    ...(draft.exhibits?.length && { exhibits: draft.exhibits }),
    ...answerEntry(draft),
    explanation: draft.explanation ?? 'No explanation was given.',
    source: draft.source ?? source,
    ...(draft.versions && { versions: draft.versions }),
    ...(draft.enemies.length > 0 && { enemies: draft.enemies }),
    ...(draft.tags.length > 0 && { tags: draft.tags }),
    ...(draft.category && { category: draft.category }),
  }
}

/** The options of a draft under the keys of its kind. */
function answerEntry({ kind, options, prompts = [] }: Draft) {
  const entry = ({ text, why }: Draft['options'][number]) => (why ? { text, why } : text)
  switch (kind) {
    case 'ordering':
      return { sequence: options.map(entry) }
    case 'matching': {
      const extras = options.filter(({ right }) => !right).map(entry)
      return {
        pairs: prompts.map(({ text, option }) => ({ left: text, right: option })),
        ...(extras.length > 0 && { extras }),
      }
    }
    default:
      return {
        options: options.map(({ text, right, why }) => ({
          text,
          ...(right && { right }),
          ...(why && { why }),
        })),
      }
  }
}
