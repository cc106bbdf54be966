/** An attempt as its events make it: a pure fold. */
import type { Form, FormItem } from '../form'
import { answerOf } from './answer'
import type { AttemptEvent, RanCheck } from './events'
import { misfit, noBeginning } from './misfits'

export interface Decision {
  readonly option: number
  readonly yes: boolean
}

export interface ItemState {
  /** Classic: ids of the options chosen; of an ordering in the order given; of a matching one for each prompt. */
  readonly chosen: readonly number[]
  /** DOMC: the answers to the options that were shown so far. */
  readonly decisions: readonly Decision[]
  /** What the checks of a command item found; null before they have looked. */
  readonly ran: readonly RanCheck[] | null
  readonly flagged: boolean
  /** The item takes no more answers. */
  readonly closed: boolean
  /** Milliseconds that the candidate looked at it. */
  readonly time: number
}

export interface Attempt {
  readonly id: string
  readonly mode: 'real' | 'practice' | 'drill'
  readonly form: Form
  /** Milliseconds; null without a limit. */
  readonly limit: number | null
  /** The attempt's time of the last event. */
  readonly elapsed: number
  /** Index of the item that the candidate looks at. */
  readonly current: number
  readonly items: readonly ItemState[]
  /** Null while it runs. */
  readonly endedBy: 'candidate' | 'time' | null
}

const FRESH: ItemState = { chosen: [], decisions: [], ran: null, flagged: false, closed: false, time: 0 }

/** @throws CapstanError `store-corrupt` for an empty journal, or one that does not begin at the beginning */
export function fold(events: readonly AttemptEvent[]): Attempt {
  const [first, ...rest] = events
  if (first?.kind !== 'began') throw noBeginning()
  const { attemptId, mode, form, limit } = first
  const begun: Attempt = {
    id: attemptId,
    mode,
    form,
    limit,
    elapsed: 0,
    current: 0,
    endedBy: null,
    items: form.items.map(() => FRESH),
  }
  return rest.reduce(apply, begun)
}

/**
 * Adds one event. An event that no longer fits (after the end, on a closed item) changes nothing but the time.
 * @throws CapstanError `bad-input` for an item that the form does not have
 */
export function apply(attempt: Attempt, event: AttemptEvent): Attempt {
  if (event.kind === 'began') throw misfit('An attempt begins once.')
  if (attempt.endedBy) return attempt
  const later = pass(attempt, event.at)
  if (event.kind === 'ticked') return later
  if (event.kind === 'ended') return { ...later, endedBy: event.by }
  const form = later.form.items[event.item]
  const state = later.items[event.item]
  if (!form || !state) throw misfit(`The form has no item ${event.item}.`)
  if (event.kind === 'moved') return canLookAt(later, event.item) ? { ...later, current: event.item } : later
  const next = changed(state, form, event)
  return { ...later, items: later.items.map((one, index) => (index === event.item ? next : one)) }
}

type ItemEvent = Extract<AttemptEvent, { kind: 'chose' | 'decided' | 'ran' | 'flagged' | 'revealed' }>

function changed(state: ItemState, form: FormItem, event: ItemEvent): ItemState {
  switch (event.kind) {
    case 'flagged':
      return { ...state, flagged: event.on }
    case 'revealed':
      return form.delivery === 'classic' ? { ...state, closed: true } : state
    case 'chose':
      if (state.closed || form.delivery !== 'classic') return state
      return { ...state, chosen: answerOf(form, event.options) }
    case 'ran':
      if (state.closed || form.kind !== 'command') return state
      return { ...state, ran: event.checks, closed: true }
    case 'decided':
      return decided(state, form, event)
  }
}

function decided(state: ItemState, form: FormItem, { option, yes }: Decision): ItemState {
  if (form.delivery !== 'domc' || shownOption(form, state) !== option) return state
  const decisions = [...state.decisions, { option, yes }]
  return { ...state, decisions, closed: isDecided(form, decisions) }
}

/** The option that a DOMC item shows now; null when it is over. */
export function shownOption(form: FormItem, state: Pick<ItemState, 'decisions' | 'closed'>): number | null {
  return state.closed ? null : (form.order[state.decisions.length] ?? null)
}

/**
 * A DOMC item is over as soon as its result is certain: a right option refused or a wrong one accepted, or all right
 * ones accepted. In the last case one more option may be shown, which does not count (Foster & Miller 2009).
 */
function isDecided({ order, key, extra }: FormItem, decisions: readonly Decision[]): boolean {
  // This is also true of a wrong answer to the extra option, after which the item is over anyway.
  if (decisions.some(({ option, yes }) => key.includes(option) !== yes)) return true
  const certain = decisions.findIndex((_one, index) => acceptedAll(key, decisions.slice(0, index + 1)))
  if (certain < 0) return decisions.length === order.length
  const shownAfter = decisions.length - (certain + 1)
  return !extra || shownAfter >= 1 || decisions.length === order.length
}

function acceptedAll(key: readonly number[], decisions: readonly Decision[]): boolean {
  return key.every((option) => decisions.some((one) => one.option === option && one.yes))
}

/** True when all right options were accepted, and no wrong answer came before that. Later answers do not count. */
export function isDomcRight({ key }: FormItem, decisions: readonly Decision[]): boolean {
  for (const [index, { option, yes }] of decisions.entries()) {
    if (key.includes(option) !== yes) return false
    if (acceptedAll(key, decisions.slice(0, index + 1))) return true
  }
  return false
}

/**
 * DOMC items are taken in order and once: a candidate cannot go back to one, nor past one that is open. Outside of a real
 * exam what is over can be read again.
 */
export function canLookAt(
  { form, items, mode }: Pick<Attempt, 'form' | 'items' | 'mode'>,
  index: number,
): boolean {
  if (mode !== 'real' && items[index]?.closed) return true
  const isOpenDomc = (at: number) => form.items[at]?.delivery === 'domc' && !items[at]?.closed
  const firstOpen = form.items.findIndex((_item, at) => isOpenDomc(at))
  if (form.items[index]?.delivery === 'classic') return firstOpen < 0 || index < firstOpen
  return index === firstOpen
}

/** Lets time pass for the attempt and for its current item. Time never goes back. */
function pass(attempt: Attempt, at: number): Attempt {
  const { elapsed, current, limit } = attempt
  const now = Math.max(elapsed, limit === null ? at : Math.min(at, limit))
  if (now === elapsed) return attempt
  const items = attempt.items.map((state, index) =>
    index === current ? { ...state, time: state.time + (now - elapsed) } : state,
  )
  return { ...attempt, elapsed: now, items }
}

/** How many times the usual time an attempt has, as its candidate chose; 1 for an attempt without a limit. */
export function extraTimeOf(
  attempt: { readonly limit: number | null; readonly form: { readonly minutes: number } } | undefined,
): number {
  if (!attempt?.limit || attempt.form.minutes === 0) return 1
  return Math.round((attempt.limit / (attempt.form.minutes * 60_000)) * 100) / 100
}

/** Milliseconds left; null without a limit. */
export function timeLeft({ limit, elapsed }: Pick<Attempt, 'limit' | 'elapsed'>): number | null {
  return limit === null ? null : Math.max(0, limit - elapsed)
}
