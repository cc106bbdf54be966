/** Drafts: the part of an item that foreign formats hold. */
import type { FileProblem } from '../../shared/files'
import type { Difficulty, Item } from '../format'
import { Refused } from './key'
import { NO_PICTURES, type PictureData, type PicturesOf, picturesIn } from './pictures'

export interface DraftOption {
  readonly text: string
  readonly right: boolean
  readonly why: string | null
}

/** What is asked on the left of a matching, with the text of the option that belongs to it. */
export interface DraftPrompt {
  readonly text: string
  readonly option: string
}

export interface Draft {
  /** The line of the foreign file in which it begins. */
  readonly line: number
  readonly id: string | null
  readonly objectives: readonly string[]
  readonly kind: 'choice' | 'multiple' | 'matching' | 'ordering'
  readonly difficulty: Difficulty | null
  readonly stem: string
  /** Taken from the end of the stem, when it was read. */
  readonly exhibits?: Item['exhibits']
  /** As an item has them: those of an ordering in their right order, those of a matching right or extra. */
  readonly options: readonly DraftOption[]
  /** Only a matching has any. */
  readonly prompts?: readonly DraftPrompt[]
  readonly explanation: string | null
  readonly source: string | null
  readonly versions: string | null
  readonly enemies: readonly string[]
  /** The author's own words about it, other than the keys above. */
  readonly tags: readonly string[]
  /** The author's place for it, such as "Docker/Networks". */
  readonly category: string | null
  /** Its pictures, in the order of their places in its texts. */
  readonly pictures?: readonly PictureData[]
  /** What the foreign file says of it and a question of ours cannot hold, in words such as "the picture net.png". */
  readonly lost: readonly string[]
}

/** A part of a foreign question that its item does not have. */
export interface LostPart {
  readonly file: string
  readonly line: number
  /** The id of the item. */
  readonly item: string
  readonly what: string
}

export interface ReadResult {
  readonly drafts: readonly Draft[]
  readonly problems: readonly FileProblem[]
}

/** Text, or the bytes of a package. */
export type Content = string | Uint8Array

export interface WriteResult<C extends Content = Content> {
  readonly content: C
  readonly lost: readonly Lost[]
}

/** The parts of an item that the format cannot hold, in words such as "its proof". */
export interface Lost {
  readonly id: string
  readonly parts: readonly string[]
}

const WHOLE = 'the whole item, because '

/** An item of which nothing can be written. */
export function leftOut({ id }: { readonly id: string }, why: string): Lost {
  return { id, parts: [`${WHOLE}${why}`] }
}

/** Whether nothing of an item was written. */
export function isLeftOut({ parts }: Lost): boolean {
  return parts.some((part) => part.startsWith(WHOLE))
}

/** A problem at a line of a foreign file. */
export function problemAt(
  file: string,
  line: number,
  {
    message,
    help,
    severity = 'error',
  }: { message: string; help: string; severity?: FileProblem['severity'] },
): FileProblem {
  return { file, line, column: 1, message, help, severity }
}

/** What one question of a foreign file has become. */
export interface ReadQuestion {
  readonly draft: Draft | null
  readonly problems: readonly FileProblem[]
}

/** Reads one part of a file. What is wrong with it is a problem of its own, and hides no other question. */
export function readAlone(
  file: string,
  line: number,
  read: () => readonly ReadQuestion[],
): readonly ReadQuestion[] {
  try {
    return read()
  } catch (error) {
    const help = error instanceof Refused ? error.help : 'Correct it here, or leave it out.'
    const message = error instanceof Error ? error.message : String(error)
    return [refusedAt(file, line, { message, help })]
  }
}

/** Whether a problem means that a question, or the file, is not there afterwards. Other problems are only to be looked at. */
export function isLoss({ severity, help }: Pick<FileProblem, 'severity' | 'help'>): boolean {
  return severity === 'error' || help.startsWith('Left out')
}

/** A question that is left out, with the reason. */
export function refusedAt(
  file: string,
  line: number,
  reason: { message: string; help: string; severity?: FileProblem['severity'] },
): ReadQuestion {
  return { draft: null, problems: [problemAt(file, line, reason)] }
}

/** What is said about a text that asks nothing. Questions after it may need it, so it is never left out in silence. */
export function description(): { message: string; help: string; severity: FileProblem['severity'] } {
  return {
    message: 'A text without a question is left out.',
    help: 'If questions need it, copy it into each of them.',
    severity: 'warning',
  }
}

/** Puts questions together. */
export function gathered(questions: readonly ReadQuestion[]): ReadResult {
  return {
    drafts: questions.flatMap(({ draft }) => draft ?? []),
    problems: questions.flatMap(({ problems }) => problems),
  }
}

/** The keys of an item as words such as NET-05 and difficulty=easy, for formats that have tags. */
export function tagsOf(
  item: Pick<Item, 'objectives' | 'difficulty' | 'source' | 'versions' | 'enemies' | 'tags'>,
): string[] {
  return [
    ...item.tags,
    ...item.objectives,
    `difficulty=${item.difficulty}`,
    `source=${item.source}`,
    ...(item.versions ? [`versions=${item.versions}`] : []),
    ...item.enemies.map((enemy) => `enemy=${enemy}`),
  ]
}

type Tagged = Pick<Draft, 'objectives' | 'difficulty' | 'source' | 'versions' | 'enemies' | 'tags'>

const OBJECTIVE = /^[A-Z]{3}-\d\d$/
const KEYS = /^(difficulty|source|versions|enemy|id|category)=/

/** Reads the words that `tagsOf` writes. All other words are the author's own tags. */
export function fromTags(tags: readonly string[]): Tagged {
  const value = (key: string) => tags.find((tag) => tag.startsWith(`${key}=`))?.slice(key.length + 1) ?? null
  const difficulty = value('difficulty')
  return {
    objectives: tags.filter((tag) => OBJECTIVE.test(tag)),
    difficulty: difficulty === 'easy' || difficulty === 'medium' || difficulty === 'hard' ? difficulty : null,
    source: value('source'),
    versions: value('versions'),
    enemies: tags.filter((tag) => tag.startsWith('enemy=')).map((tag) => tag.slice('enemy='.length)),
    tags: tags.filter((tag) => tag !== '' && !OBJECTIVE.test(tag) && !KEYS.test(tag)),
  }
}

/** A category as Moodle writes it, without the beginning that names the course or the quiz it came from. */
export function categoryOf(path: string): string | null {
  return path.trim().replace(/^\$\w+\$\/?(top\/?)?/, '') || null
}

/** The two options of a question that is true or false. */
export function trueFalse(
  isTrue: boolean,
  { whenTrue, whenFalse }: { readonly whenTrue: string | null; readonly whenFalse: string | null },
): DraftOption[] {
  return [
    { text: 'True', right: isTrue, why: whenTrue },
    { text: 'False', right: !isTrue, why: whenFalse },
  ]
}

/** A question with more than one right option is a multiple. */
export function kindOf(options: readonly DraftOption[]): Draft['kind'] {
  return options.filter(({ right }) => right).length > 1 ? 'multiple' : 'choice'
}

/**
 * Says what of an item is lost: the parts that no foreign format holds, and those that this one does not hold.
 * @param picturesOf the pictures that the format carries; none by default
 */
export function lostOf(
  item: Item,
  alsoLost: readonly ('why' | 'why of parts' | 'explanation' | 'keys' | 'markup')[] = [],
  picturesOf: PicturesOf = NO_PICTURES,
): Lost[] {
  const parts = [
    item.proof !== undefined && 'its proof',
    picturesIn(item).some((path) => picturesOf(item.id, path) === null) && 'its pictures',
    item.unprovable && 'why it cannot be proven',
    item.template && 'that it comes from a template',
    alsoLost.includes('why') && item.options.some(({ why }) => why) && 'why its options are wrong',
    alsoLost.includes('why of parts') && hasReasons(item) && 'the reasons of its parts',
    alsoLost.includes('explanation') && 'its explanation',
    alsoLost.includes('keys') && 'its objectives, difficulty and source',
    alsoLost.includes('keys') && item.tags.length > 0 && 'its tags',
    alsoLost.includes('keys') && item.category && 'its category',
    alsoLost.includes('markup') && 'its markup, such as code',
  ].filter((part) => typeof part === 'string')
  return parts.length > 0 ? [{ id: item.id, parts }] : []
}

function hasReasons({ options, prompts }: Item): boolean {
  return [...options, ...prompts].some(({ why }) => why)
}

/** The line of an offset. The first line is 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
