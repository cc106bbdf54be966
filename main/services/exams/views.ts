/** What the page may see of an attempt: never a key or an explanation before the item is over. */
import {
  type Attempt,
  type Bank,
  type Blueprint,
  canLookAt,
  type Item,
  type Result,
  representatives,
  shownOption,
  timeLeft,
} from '../../../exam'
import type {
  AttemptSummary,
  AttemptView,
  BlueprintView,
  CurrentItem,
  ResultView,
  RevealedItem,
} from '../../api'

export interface ViewContext {
  readonly items: { get(id: string): Item | undefined }
  readonly blueprint: Blueprint
  readonly labs: readonly {
    readonly id: string
    readonly title: string
    readonly objectives: readonly string[]
  }[]
  readonly passMark: number
  readonly score: (attempt: Attempt, blueprint: Blueprint, passMark: number) => Result
}

/** The journal knows items and options by their ids alone: a later bank may have reworded or dropped them. */
const GONE_ITEM = 'This item is no longer in the bank.'
const GONE_OPTION = 'This option is no longer in the bank.'

type Form = Attempt['form']['items'][number]
type State = Attempt['items'][number]

export function attemptView(attempt: Attempt, at: number, context: ViewContext): AttemptView {
  const { id, mode, limit, form, items, current, endedBy } = attempt
  return {
    ...{ id, mode, limit, state: endedBy ? 'ended' : 'running' },
    timeLeft: timeLeft({ limit, elapsed: Math.max(at, attempt.elapsed) }),
    items: form.items.map((one, index) => ({
      delivery: one.delivery,
      answered: isAnswered(items[index]),
      flagged: items[index]?.flagged ?? false,
      closed: items[index]?.closed ?? false,
      open: canLookAt(attempt, index),
    })),
    current: currentItem(attempt, current, context),
  }
}

function currentItem(attempt: Attempt, index: number, context: ViewContext): CurrentItem {
  const form = attempt.form.items[index] as Form
  const state = attempt.items[index] as State
  const item = context.items.get(form.id)
  const shown = form.delivery === 'domc' ? [shownOption(form, state)] : form.order
  const texts = new Map(item?.options.map(({ id, text }) => [id, text]))
  return {
    index,
    delivery: form.delivery,
    kind: form.kind,
    stem: item?.stem ?? GONE_ITEM,
    exhibits: structuredClone(item?.exhibits ?? []) as CurrentItem['exhibits'],
    options: shown.flatMap((id) => (id === null ? [] : { id, text: texts.get(id) ?? GONE_OPTION })),
    chosen: [...state.chosen],
    decided: state.decisions.length,
    closed: state.closed,
    revealed: attempt.mode !== 'real' && state.closed ? revealed(attempt, index, context) : null,
  }
}

function isAnswered(state: State | undefined): boolean {
  return (state?.chosen.length ?? 0) > 0 || (state?.decisions.length ?? 0) > 0
}

function revealed(attempt: Attempt, index: number, context: ViewContext): RevealedItem {
  const form = attempt.form.items[index] as Form
  const state = attempt.items[index] as State
  const item = context.items.get(form.id)
  const result = context.score(attempt, context.blueprint, context.passMark).items[index]
  const picked = new Set([
    ...state.chosen,
    ...state.decisions.filter(({ yes }) => yes).map(({ option }) => option),
  ])
  const shown = new Set(state.decisions.map(({ option }) => option))
  return {
    right: result?.right ?? false,
    explanation: item?.explanation ?? '',
    source: item?.source ?? '',
    options: form.order.map((id) => {
      const option = item?.options.find((one) => one.id === id)
      return {
        id,
        text: option?.text ?? GONE_OPTION,
        right: form.key.includes(id),
        why: option?.why ?? null,
        picked: picked.has(id),
        shown: form.delivery === 'classic' || shown.has(id),
      }
    }),
    labs: context.labs
      .filter(({ objectives }) => objectives.some((objective) => form.objectives.includes(objective)))
      .slice(0, 3)
      .map(({ id, title }) => ({ id, title })),
  }
}

/** @param at the attempt's time now, in milliseconds: its journal may have stood still since the last event */
export function summaryOf(
  attempt: Attempt,
  { startedAt, at }: { readonly startedAt: string; readonly at: number },
  context: ViewContext,
): AttemptSummary {
  const { id, mode, form, limit, endedBy } = attempt
  const result = endedBy ? context.score(attempt, context.blueprint, context.passMark) : null
  return {
    ...{ id, mode, startedAt, length: form.items.length, state: endedBy ? 'ended' : 'running' },
    answered: attempt.items.filter(isAnswered).length,
    timeLeft: endedBy ? null : timeLeft({ limit, elapsed: at }),
    total: result ? { ...result.total } : null,
    passed: result?.passed ?? null,
  }
}

/** Of an attempt that is over. */
export function resultView(attempt: Attempt, startedAt: string, context: ViewContext): ResultView {
  const { passMark, domains, items } = context.score(attempt, context.blueprint, context.passMark)
  return {
    ...summaryOf(attempt, { startedAt, at: attempt.elapsed }, context),
    ...{ passMark, limit: attempt.limit, endedBy: attempt.endedBy ?? 'candidate' },
    domains: domains.map((domain) => ({ ...domain })),
    items: items.map(({ id, time, answered }, index) => {
      const item = context.items.get(id)
      const form = attempt.form.items[index] as Form
      return {
        ...revealed(attempt, index, context),
        ...{ id, time, answered, domain: form.domain, objectives: [...form.objectives] },
        ...{ delivery: form.delivery, flagged: attempt.items[index]?.flagged ?? false },
        stem: item?.stem ?? GONE_ITEM,
        exhibits: structuredClone(item?.exhibits ?? []) as ResultView['items'][number]['exhibits'],
      }
    }),
  }
}

export function blueprintView(blueprint: Blueprint, bank: Bank, passMark: number): BlueprintView {
  const { exam, domains, objectives } = blueprint
  const items = representatives(bank)
  return {
    ...{ length: exam.items, delivery: { ...exam.delivery }, minutes: exam.minutes, passMark },
    domains: domains.map(({ id, title, weight, prefix }) => ({
      ...{ id, title, weight },
      objectives: objectives
        .filter((objective) => objective.id.startsWith(`${prefix}-`))
        .map((objective) => ({
          ...{ id: objective.id, title: objective.title },
          items: items.filter((item) => item.domain === id && item.objectives.includes(objective.id)).length,
        })),
    })),
  }
}
