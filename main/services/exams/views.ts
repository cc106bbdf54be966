/** Views of an attempt for the page: no key and no explanation is in them before the item is over. */
import {
  type Attempt,
  type Bank,
  type Blueprint,
  canLookAt,
  extraTimeOf,
  type Item,
  type ItemResult,
  type ItemText,
  isInOrder,
  itemResult,
  NO_OPTION,
  type Result,
  rangeInWords,
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
import type { AttemptNow } from '../attempts'
import { aboutOf } from './about'
import { wasReached } from './again'
import { GONE_OPTION, GONE_PROMPT, textsOf } from './texts'

export interface ViewContext {
  readonly blueprint: Blueprint
  readonly items: { get(id: string): Item | undefined }
  readonly labs: readonly {
    readonly id: string
    readonly title: string
    readonly objectives: readonly string[]
  }[]
  /** Id of the session with the node of a command item; null when it has none. */
  readonly sessionOf?: (attemptId: string, item: number) => string | null
}

/** How many labs are named beside an item. */
const MOST_LABS = 3

type FormItem = Attempt['form']['items'][number]
type State = Attempt['items'][number]

export function attemptView({ attempt, at }: AttemptNow<Attempt>, context: ViewContext): AttemptView {
  const { id, mode, limit, form, items, endedBy } = attempt
  return {
    id,
    mode,
    limit,
    state: endedBy ? 'ended' : 'running',
    timeLeft: timeLeft({ limit, elapsed: at }),
    items: form.items.map(({ delivery }, index) => ({
      delivery,
      answered: isAnswered(items[index]),
      flagged: items[index]?.flagged ?? false,
      closed: items[index]?.closed ?? false,
      open: canLookAt(attempt, index),
      outcome: outcomeOf(attempt, index),
    })),
    current: currentItem(attempt, context),
  }
}

function currentItem(attempt: Attempt, context: ViewContext): CurrentItem {
  const index = attempt.current
  const { form, state } = itemAt(attempt, index)
  const { stem, exhibits, options, prompts, versions } = textsOf(form, context.items)
  const shown = form.delivery === 'domc' ? [shownOption(form, state)] : form.order
  const texts = new Map(options.map((option) => [option.id, option]))
  const result = isRevealed(attempt, state) ? itemResult(form, state) : undefined
  return {
    index,
    delivery: form.delivery,
    kind: form.kind,
    ...(form.delivery === 'classic' && form.kind === 'multiple' && { choose: form.key.length }),
    stem,
    versions: versions === null ? null : rangeInWords(versions),
    exhibits,
    options: shown.flatMap((id) => (id === null ? [] : { id, text: texts.get(id)?.text ?? GONE_OPTION })),
    prompts: prompts.map(({ text }) => text),
    chosen: state.chosen,
    decided: state.decisions.length,
    closed: state.closed,
    command: form.kind === 'command' ? { sessionId: context.sessionOf?.(attempt.id, index) ?? null } : null,
    revealed: result ? revealed(attempt, { index, result }, context) : null,
  }
}

/** Practice tells an item as soon as it is over, a real exam only after its end. */
function isRevealed({ mode }: Attempt, { closed }: State): boolean {
  return mode !== 'real' && closed
}

function outcomeOf(attempt: Attempt, index: number): AttemptView['items'][number]['outcome'] {
  const { form, state } = itemAt(attempt, index)
  if (!isRevealed(attempt, state)) return null
  // A command item that was not tried is neither.
  if (form.kind === 'command' && state.ran === null) return null
  return itemResult(form, state).right ? 'right' : 'wrong'
}

function isAnswered(state: State | undefined): boolean {
  return (state?.chosen.length ?? 0) > 0 || (state?.decisions.length ?? 0) > 0 || Boolean(state?.ran)
}

function itemAt({ form, items }: Attempt, index: number): { form: FormItem; state: State } {
  const [item, state] = [form.items[index], items[index]]
  if (item && state) return { form: item, state }
  throw new RangeError(`The form has no item ${index}.`)
}

function revealed(
  attempt: Attempt,
  { index, result }: { readonly index: number; readonly result: ItemResult },
  { items, labs }: ViewContext,
): RevealedItem {
  const { form, state } = itemAt(attempt, index)
  const texts = textsOf(form, items)
  return {
    id: form.id,
    kind: form.kind,
    right: result.right,
    explanation: texts.explanation,
    source: texts.source,
    places: placesOf(form, { state, result, texts }),
    options: revealedOptions(form, state, texts.options),
    command: texts.command && {
      checks: state.ran,
      solution: texts.command.solution,
      mistakes: texts.command.mistakes,
    },
    labs: labs
      .filter(({ objectives }) => objectives.some((objective) => form.objectives.includes(objective)))
      .slice(0, MOST_LABS)
      .map(({ id, title }) => ({ id, title })),
  }
}

interface Over {
  readonly state: State
  readonly result: ItemResult
  readonly texts: ItemText
}

/** Each place of an ordering or a matching: what belongs there, and what was put there. */
function placesOf({ kind, key }: FormItem, { state, result, texts }: Over): RevealedItem['places'] {
  if (!result.places) return []
  const options = new Map(texts.options.map((option) => [option.id, option]))
  return result.places.map((isRight, index) => {
    const right = options.get(key[index] ?? NO_OPTION)
    const given = state.chosen[index] ?? NO_OPTION
    const prompt = texts.prompts[index]
    return {
      prompt: kind === 'matching' ? (prompt?.text ?? GONE_PROMPT) : null,
      right: right?.text ?? GONE_OPTION,
      given: given === NO_OPTION ? null : (options.get(given)?.text ?? GONE_OPTION),
      isRight,
      why: (kind === 'matching' ? prompt?.why : right?.why) ?? null,
    }
  })
}

function revealedOptions(form: FormItem, state: State, texts: ItemText['options']): RevealedItem['options'] {
  const order = isInOrder(form) ? form.order.filter((id) => !form.key.includes(id)) : form.order
  const accepted = state.decisions.filter(({ yes }) => yes).map(({ option }) => option)
  const picked = new Set([...state.chosen, ...accepted])
  const shown = new Set(state.decisions.map(({ option }) => option))
  return order.map((id) => {
    const option = texts.find((one) => one.id === id)
    return {
      id,
      text: option?.text ?? GONE_OPTION,
      right: form.key.includes(id),
      why: option?.why ?? null,
      picked: picked.has(id),
      shown: form.delivery === 'classic' || shown.has(id),
    }
  })
}

/** @param result null while the attempt runs */
export function summaryOf(
  { attempt, startedAt, at }: AttemptNow<Attempt>,
  result: Result | null,
  { blueprint }: Pick<ViewContext, 'blueprint'>,
): AttemptSummary {
  const { id, mode, form, limit, endedBy } = attempt
  return {
    id,
    mode,
    startedAt: startedAt.toISOString(),
    state: endedBy ? 'ended' : 'running',
    about: aboutOf(attempt, blueprint),
    placement: form.purpose === 'placement',
    length: form.items.length,
    answered: attempt.items.filter(isAnswered).length,
    timeLeft: endedBy ? null : timeLeft({ limit, elapsed: at }),
    total: result?.total ?? null,
    passed: result?.passed ?? null,
  }
}

/** The result of an attempt that is over. */
export function resultView(
  now: AttemptNow<Attempt>,
  { result, before }: { readonly result: Result; readonly before: ResultView['before'] },
  context: ViewContext,
): ResultView {
  const { attempt } = now
  return {
    ...summaryOf(now, result, context),
    before,
    formNumber: attempt.form.shared ? attempt.form.seed : null,
    passMark: result.passMark,
    limit: attempt.limit,
    extraTime: extraTimeOf(attempt),
    endedBy: attempt.endedBy ?? 'candidate',
    domains: result.domains,
    items: resultItems(attempt, result, context),
  }
}

/** The items of an attempt that is over, with their keys. */
export function resultItems(
  attempt: Attempt,
  { items }: Pick<Result, 'items'>,
  context: ViewContext,
): ResultView['items'] {
  return items.map((result, index) => resultItem(attempt, { index, result }, context))
}

function resultItem(
  attempt: Attempt,
  at: { readonly index: number; readonly result: ItemResult },
  context: ViewContext,
): ResultView['items'][number] {
  const { form, state } = itemAt(attempt, at.index)
  const { time, answered } = at.result
  const { stem, exhibits } = textsOf(form, context.items)
  return {
    ...revealed(attempt, at, context),
    domain: form.domain,
    objectives: form.objectives,
    delivery: form.delivery,
    stem,
    exhibits,
    time,
    answered,
    reached: wasReached(attempt, at.index),
    flagged: state.flagged,
  }
}

export function blueprintView(blueprint: Blueprint, bank: Bank, passMark: number): BlueprintView {
  const { exam, domains } = blueprint
  const items = representatives(bank)
  const inBank = (domain: string, objective: string) =>
    items.filter((item) => item.domain === domain && item.objectives.includes(objective)).length
  return {
    length: exam.items,
    delivery: exam.delivery,
    minutes: exam.minutes,
    passMark,
    domains: domains.map(({ id, title, weight, prefix }) => ({
      id,
      title,
      weight,
      objectives: blueprint.objectives
        .filter((objective) => objective.id.startsWith(`${prefix}-`))
        .map((objective) => ({
          id: objective.id,
          title: objective.title,
          items: inBank(id, objective.id),
        })),
    })),
  }
}
