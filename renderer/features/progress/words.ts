/** Puts estimates into words that a learner understands. The functions are pure. */
import type { EstimateView, ImportSummary } from '../../../main/api'
import { count } from '../../components'

/** Fewer answers than this say nothing about the exam. */
const EARLY = 20

export interface Verdict {
  readonly tone: 'unknown' | 'low' | 'open' | 'good'
  readonly title: string
  readonly chance: string
}

/** Says what an estimate means for the exam. */
export function verdict(
  { low, high, items, labs, pass }: EstimateView & { readonly pass: number },
  passMark: number,
): Verdict {
  const chance = chanceWords(pass)
  if (items + labs < EARLY) return { tone: 'unknown', title: 'Too early to say', chance }
  if (high < passMark) return { tone: 'low', title: 'Not ready yet', chance }
  if (low >= passMark) return { tone: 'good', title: 'You look ready', chance }
  return { tone: 'open', title: 'It could go either way', chance }
}

function chanceWords(pass: number): string {
  const tenths = Math.round(pass * 10)
  if (pass < 0.05) return 'If you sat the exam today, you would most likely fail.'
  if (pass > 0.95) return 'If you sat the exam today, you would almost certainly pass.'
  return `If you sat the exam today, you would pass ${timesInTen(Math.min(9, Math.max(1, tenths)))}.`
}

function timesInTen(tenths: number): string {
  if (tenths === 1) return 'about once in 10 times'
  return tenths === 5 ? 'every other time' : `about ${tenths} times in 10`
}

/** "216 items and 3 labs". */
export function basis({ items, labs }: Pick<EstimateView, 'items' | 'labs'>): string {
  const parts = [items > 0 && count(items, 'item'), labs > 0 && count(labs, 'lab')].filter(Boolean)
  return parts.length > 0 ? parts.join(' and ') : 'nothing yet'
}

const HOUR_MS = 3_600_000

/** "in 3 days", from now on. */
export function until(iso: string, now: Date): string {
  const hours = (new Date(iso).getTime() - now.getTime()) / HOUR_MS
  if (hours <= 0) return 'now'
  if (hours < 1) return `in ${count(Math.max(1, Math.round(hours * 60)), 'minute')}`
  if (hours < 36) return `in ${count(Math.round(hours), 'hour')}`
  return `in ${count(Math.round(hours / 24), 'day')}`
}

/** The first words of a stem, on one line. Code is shown whole or not at all, unless nothing else would be left. */
export function excerpt(stem: string, length = 110): string {
  const line = stem
    .replace(/```[\s\S]*?```/g, ' … ')
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= length) return line
  const words = line.slice(0, line.lastIndexOf(' ', length))
  const isInCode = words.split('`').length % 2 === 0
  if (!isInCode) return `${words} …`
  const before = words.slice(0, words.lastIndexOf('`')).trimEnd()
  return before ? `${before} …` : `${words} …\``
}

/** "Imported: 3 attempts, 1 hands-on exam and 2 labs. Here already: 4 attempts." */
export function importWords({ attempts, handsOn, labs, marks }: ImportSummary): string {
  const came = inWords([
    [attempts.added, 'attempt'],
    [handsOn.added, 'hands-on exam'],
    [labs, 'lab'],
    [marks, 'mark'],
  ])
  const known = attempts.known + handsOn.known
  const leftOut = attempts.leftOut + handsOn.leftOut
  const sentences = [
    came ? `Imported: ${came}.` : 'There was nothing new in the file.',
    known > 0 && `Here already: ${count(known, 'attempt')}.`,
    leftOut > 0 && `Left out, because they are damaged or of a newer Capstan: ${count(leftOut, 'attempt')}.`,
  ]
  return sentences.filter(Boolean).join(' ')
}

function inWords(parts: readonly (readonly [number, string])[]): string {
  const known = parts.filter(([number]) => number > 0).map(([number, thing]) => count(number, thing))
  const last = known.pop() ?? ''
  return known.length > 0 ? `${known.join(', ')} and ${last}` : last
}
