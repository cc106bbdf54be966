/** Checks of the bank as a whole: habits of its authors, and objectives that nobody asks about. */
import type { FileProblem } from '../../shared/files'
import type { Blueprint } from '../blueprint'
import { type Item, isOfExam } from '../format'
import { chiSquaredQuantile, Z99_BELOW } from '../statistics'
import { isProven, nameInFile } from './bank'
import { rightOf } from './texts'

/** A problem that has no line in a file. */
export interface BankFinding {
  readonly message: string
  readonly help: string
  readonly severity: FileProblem['severity']
}

export interface BankMeasures {
  /** How far the keys are from being spread evenly over the places in which they are written. */
  readonly position: { readonly chiSquared: number; readonly degrees: number; readonly limit: number }
  /** The choice items whose key is longer than every other option, and how many of them chance would give. */
  readonly longest: { readonly items: number; readonly of: number; readonly expected: number }
  /** Items that are about commands and have no proof. */
  readonly unprovenCommands: readonly string[]
}

export function measureBank(items: readonly Item[]): BankMeasures {
  return {
    position: positionBias(items.filter(isOfExam)),
    longest: longestShare(items.filter(({ kind }) => kind === 'choice')),
    unprovenCommands: items.filter(isUnprovenCommand).map(nameInFile),
  }
}

/** Each objective needs at least so many items, so that forms can take turns. */
const ITEMS_PER_OBJECTIVE = 6

export function lintWhole(items: readonly Item[], blueprint: Blueprint): BankFinding[] {
  const { position, longest } = measureBank(items)
  const findings: BankFinding[] = []
  if (position.chiSquared > position.limit)
    findings.push({
      message: `Keys are not spread over their places: chi-squared ${position.chiSquared.toFixed(1)}, of which chance exceeds ${position.limit.toFixed(1)} once in a hundred banks.`,
      help: 'Vary the order in which options are written.',
      severity: 'warning',
    })
  if (isTooOften(longest))
    findings.push({
      message: `The key is the longest option of ${longest.items} of ${longest.of} choice items; chance makes it so ${longest.expected.toFixed(0)} times.`,
      help: 'Shorten keys, or let wrong options say as much.',
      severity: 'warning',
    })
  return [...findings, ...fixedNumbers(items), ...deadObjectives(items, blueprint)]
}

/** The multiples with so many options, and how many of them have each number of keys. */
export interface KeyCounts {
  readonly options: number
  readonly keys: Readonly<Record<number, number>>
}

/** How many keys the multiples have, for each number of options. */
export function keyCounts(items: readonly Item[]): KeyCounts[] {
  const multiples = items.filter(({ kind }) => kind === 'multiple')
  const sizes = [...new Set(multiples.map(({ options }) => options.length))].sort((a, b) => a - b)
  return sizes.map((size) => {
    const keys: Record<number, number> = {}
    for (const item of multiples.filter(({ options }) => options.length === size)) {
      const count = rightOf(item).length
      keys[count] = (keys[count] ?? 0) + 1
    }
    return { options: size, keys }
  })
}

/** Fewer multiples than this show no habit. */
const MULTIPLES_FROM = 10
const HABIT = 0.8

/** Candidates who notice that four options always have two keys need to know one of them. */
function fixedNumbers(items: readonly Item[]): BankFinding[] {
  return keyCounts(items).flatMap(({ options, keys }): BankFinding[] => {
    const total = Object.values(keys).reduce((sum, count) => sum + count, 0)
    const [usual = '0', count = 0] = Object.entries(keys).sort(([, a], [, b]) => b - a)[0] ?? []
    if (total < MULTIPLES_FROM || count / total <= HABIT) return []
    const message = `${count} of ${total} multiples with ${options} options have ${usual} keys.`
    return [{ message, help: 'Vary the number of options that are right.', severity: 'warning' }]
  })
}

function deadObjectives(items: readonly Item[], { objectives }: Blueprint): BankFinding[] {
  return objectives.flatMap(({ id, title }): BankFinding[] => {
    const count = items.filter((item) => isOfExam(item) && item.objectives.includes(id)).length
    if (count >= ITEMS_PER_OBJECTIVE) return []
    const message = `${count} items ask for ${id} (${title}), and it wants ${ITEMS_PER_OBJECTIVE}.`
    return [{ message, help: 'Write more.', severity: count === 0 ? 'error' : 'warning' }]
  })
}

/**
 * Writers put keys where they like them, and candidates who notice need not know the answer (Attali & Bar-Hillel 2003,
 * "Guess where: the position of correct answers in multiple-choice test items as a psychometric variable"). Forms are
 * shuffled, exports are not. Items are compared with those of as many options; several keys of one item are drawn
 * without putting back, for which the variance is that of the hypergeometric distribution. The limit is exceeded by
 * chance once in a hundred banks, so that an even bank is seldom warned without a reason.
 */
function positionBias(items: readonly Item[]): BankMeasures['position'] {
  let [chiSquared, degrees] = [0, 0]
  for (const count of new Set(items.map(({ options }) => options.length))) {
    const own = items.filter(({ options }) => options.length === count)
    const observed = Array.from(
      { length: count },
      (_one, at) => own.filter((one) => one.options[at]?.right).length,
    )
    const keys = own.map(({ options }) => options.filter(({ right }) => right).length)
    const expected = keys.reduce((sum, one) => sum + one / count, 0)
    const variance = keys.reduce((sum, one) => sum + (one * (count - one)) / count, 0)
    // Below five expected keys a place the statistic does not follow its distribution (Cochran 1954).
    if (expected < 5) continue
    const squares = observed.reduce((sum, one) => sum + (one - expected) ** 2, 0)
    chiSquared += ((count - 1) * squares) / variance
    degrees += count - 1
  }
  return { chiSquared, degrees, limit: degrees === 0 ? 0 : chiSquaredQuantile(degrees, Z99_BELOW) }
}

function longestShare(items: readonly Item[]): BankMeasures['longest'] {
  const isLongest = ({ options }: Item) => {
    const key = options.find(({ right }) => right)?.text.length ?? 0
    return options.every(({ right, text }) => right || text.length < key)
  }
  const expected = items.reduce((sum, { options }) => sum + 1 / options.length, 0)
  return { items: items.filter(isLongest).length, of: items.length, expected }
}

/**
 * The longest option is the best guess of the testwise, for writers qualify what is true (Chase 1964, "Relative length
 * of option and response set in multiple choice items"). More often than chance allows once in a hundred banks, by the
 * normal approximation to the binomial; options of equal length count for the bank.
 */
function isTooOften({ items, of, expected }: BankMeasures['longest']): boolean {
  if (of === 0) return false
  const share = expected / of
  return (items - expected) / Math.sqrt(of * share * (1 - share)) > Z99_BELOW
}

const COMMAND = /`(docker|docker-compose|kubectl|dockerd|buildctl|notary)\s/

/** An item like this may be fine, because some commands need more than a lab node has. It is worth a second look. */
function isUnprovenCommand(item: Item): boolean {
  const { stem, options, prompts } = item
  return (
    !isProven(item) &&
    [stem, ...[...options, ...prompts].map(({ text }) => text)].some((text) => COMMAND.test(text))
  )
}
