/** Numbers of the bank that authors and teachers look at: what its items are like, and what is left to judge. */
import { holdsFor, type Item } from '../format'
import { isProven } from './bank'
import { areJudged, type Pair } from './judged'
import { cuePairs } from './lint-cues'
import { alike } from './lint-doubles'
import { twinPairs } from './lint-twins'
import { type KeyCounts, keyCounts } from './lint-whole'
import { exhibitTexts } from './texts'

export interface BankNumbers {
  /** How many keys the multiples have. */
  readonly keys: readonly KeyCounts[]
  /** Words of the stem, the exhibits and the options of one item: the median, and what nine of ten items stay below. */
  readonly reading: { readonly median: number; readonly p90: number }
  /** Pairs of items that a form may hold although one prints the key of the other, or both may ask for one fact. */
  readonly unjudged: { readonly cues: number; readonly twins: number }
  /** Items that show a situation: a long exhibit, or several. */
  readonly scenarios: number
  /** The share of the items that have a proof, from 0 to 1. */
  readonly provenShare: number
}

export function bankNumbers(items: readonly Item[]): BankNumbers {
  const words = items.map(wordsToRead).sort((a, b) => a - b)
  const open = (pairs: readonly Pair[]) => pairs.filter(({ item, other }) => !areJudged(item, other)).length
  return {
    keys: keyCounts(items),
    reading: { median: quantile(words, 0.5), p90: quantile(words, 0.9) },
    unjudged: {
      cues: open(cuePairs(items)),
      twins: open(differentPairs([...alike(items), ...twinPairs(items)])),
    },
    scenarios: items.filter(isScenario).length,
    provenShare: items.length === 0 ? 0 : items.filter(isProven).length / items.length,
  }
}

/** How the proofs of the bank speak about one version of the engine. */
export interface EngineProofs {
  readonly engine: string
  /** Items whose proof must hold on it. */
  readonly holds: number
  /** Items whose proof must fail on it, because their answer is of other versions. */
  readonly fails: number
}

/** What `bank prove` expects of each version. No record is kept of what it found. */
export function proofsByEngine(items: readonly Item[], engines: readonly string[]): EngineProofs[] {
  const proven = items.filter(isProven)
  return engines.map((engine) => {
    const holds = proven.filter(({ versions }) => versions === null || holdsFor(versions, engine)).length
    return { engine, holds, fails: proven.length - holds }
  })
}

function differentPairs(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(
    ({ item, other }, at) => pairs.findIndex((one) => one.item === item && one.other === other) === at,
  )
}

function wordsToRead(item: Item): number {
  const parts = [...item.prompts, ...item.options].map(({ text }) => text)
  const texts = [item.stem, ...exhibitTexts(item), ...parts]
  return texts.join('\n').split(/\s+/).filter(Boolean).length
}

/** An exhibit with so many lines has to be searched for what matters. */
const SCENARIO_LINES = 12

function isScenario({ exhibits }: Item): boolean {
  const isLong = (text: string) => text.trimEnd().split('\n').length >= SCENARIO_LINES
  return exhibits.length > 1 || exhibits.some((exhibit) => 'text' in exhibit && isLong(exhibit.text))
}

/** @param sorted in rising order */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
