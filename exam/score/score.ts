/** The result of an attempt: each item right or wrong, the share of each domain with its uncertainty, passed or not. */
import { type Attempt, type ItemState, isDomcRight, isInOrder } from '../attempt'
import type { Blueprint } from '../blueprint'
import type { FormItem } from '../form'
import { Z90 } from '../statistics'

export interface Share {
  readonly right: number
  readonly of: number
  /** Per cent. */
  readonly percent: number
  /** The 90 % interval of the candidate's share on many such items, in per cent (Wilson). */
  readonly low: number
  readonly high: number
}

export interface ItemResult {
  readonly id: string
  readonly right: boolean
  readonly answered: boolean
  /** Milliseconds. */
  readonly time: number
  /** Of an ordering or a matching: whether each place of it is right. */
  readonly places?: readonly boolean[]
}

export interface Result {
  readonly total: Share
  readonly passMark: number
  readonly passed: boolean
  readonly domains: readonly (Share & { readonly id: string; readonly title: string })[]
  readonly items: readonly ItemResult[]
}

/**
 * Scores an attempt. A real exam counts every item. Practice counts those that were answered: whoever stops early has
 * answered fewer, and not wrongly.
 * @param passMark per cent; the app passes the mark of the settings, other callers get the blueprint's
 */
export function score(
  { form, items, mode }: Attempt,
  blueprint: Blueprint,
  passMark = blueprint.exam.passMark,
): Result {
  const results = form.items.map((item, index) => itemResult(item, items[index]))
  const shareOf = (is: (item: FormItem) => boolean) => {
    const own = results.filter(
      (_result, index) =>
        is(form.items[index] as FormItem) && (mode === 'real' || isAnswered(form.items[index], items[index])),
    )
    return share(own.filter(({ right }) => right).length, own.length)
  }
  const total = shareOf(() => true)
  const domains = blueprint.domains
    .map(({ id, title }) => ({ id, title, ...shareOf(({ domain }) => domain === id) }))
    .filter(({ of }) => of > 0)
  return { total, passMark, passed: total.percent >= passMark, domains, items: results }
}

/**
 * Whether an item says something about its candidate. An item that is closed does, even when its explanation was asked
 * for at once. A one-at-a-time item that was left in its middle does not. A command item does when it was tried, because
 * there may have been no engine to try it on.
 */
export function isAnswered(item: FormItem | undefined, state: ItemState | undefined): boolean {
  if (item?.kind === 'command') return Boolean(state?.ran)
  return (state?.closed ?? false) || (item?.delivery === 'classic' && (state?.chosen.length ?? 0) > 0)
}

/** The result of one item by itself. */
export function itemResult(item: FormItem, state: ItemState | undefined): ItemResult {
  const { chosen = [], decisions = [], ran = null, time = 0 } = state ?? {}
  if (item.kind === 'command') return { id: item.id, right: isDone(ran), answered: ran !== null, time }
  const isDomc = item.delivery === 'domc'
  const places = isInOrder(item) ? item.key.map((option, index) => chosen[index] === option) : undefined
  return {
    id: item.id,
    right: isDomc ? isDomcRight(item, decisions) : (places?.every(Boolean) ?? isKey(chosen, item.key)),
    answered: isDomc ? decisions.length > 0 : chosen.length > 0,
    time,
    ...(places && { places }),
  }
}

/** A command item is right when all of its checks are green. */
function isDone(ran: ItemState['ran']): boolean {
  return ran !== null && ran.length > 0 && ran.every(({ green }) => green)
}

/**
 * A classic item is right when exactly the right options are chosen, and an ordering or a matching when every place is
 * right. There are no part marks.
 */
function isKey(chosen: readonly number[], key: readonly number[]): boolean {
  const picked = new Set(chosen)
  return picked.size === key.length && key.every((option) => picked.has(option))
}

/** A share with its Wilson score interval (Wilson 1927), which holds for few items and for shares near 0 or 1 too. */
export function share(right: number, of: number): Share {
  if (of === 0) return { right, of, percent: 0, low: 0, high: 100 }
  const p = right / of
  const centre = p + Z90 ** 2 / (2 * of)
  const spread = Z90 * Math.sqrt((p * (1 - p)) / of + Z90 ** 2 / (4 * of ** 2))
  const scale = 100 / (1 + Z90 ** 2 / of)
  return {
    right,
    of,
    percent: p * 100,
    low: Math.max(0, (centre - spread) * scale),
    high: Math.min(100, (centre + spread) * scale),
  }
}
