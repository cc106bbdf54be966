/** Writes attempts into a data folder, as the app would have written them, before it starts. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Attempt, type AttemptEvent, assembleForm, type Form, formOf } from '../../exam'
import { type LoadedBank, loadBank } from '../../main/services'
import { ROOT } from './serve'

export interface SeededAttempt {
  readonly id: string
  readonly mode: Attempt['mode']
  readonly daysAgo: number
  readonly length: number
  /** Ids of the items of an attempt that has just begun. Without them, the attempt is over. */
  readonly begunWith?: readonly string[]
  /** Whether the candidate knows an item. */
  readonly knows: (item: FormItem, index: number) => boolean
}

export type FormItem = Form['items'][number]

const DAY_MS = 86_400_000
const ITEM_MS = 70_000

export async function seedAttempts(
  dataDirectory: string,
  attempts: readonly SeededAttempt[],
): Promise<LoadedBank> {
  const loaded = await loadBank(ROOT)
  const folder = join(dataDirectory, 'attempts')
  await mkdir(folder, { recursive: true })
  await Promise.all(
    attempts.map((one, index) => writeFile(join(folder, `${one.id}.jsonl`), journal(one, loaded, index + 1))),
  )
  return loaded
}

function journal(one: SeededAttempt, { bank, blueprint }: LoadedBank, seed: number): string {
  const { id, mode, length, daysAgo, begunWith } = one
  const form = begunWith
    ? formOf(
        begunWith.flatMap((item) => bank.item(item) ?? []),
        { blueprint, seed },
      )
    : assembleForm(bank, { blueprint, seed, length })
  const limit = mode === 'real' ? form.minutes * 60_000 : null
  const start = Date.now() - daysAgo * DAY_MS
  const answers = form.items.flatMap((item, index) => answered(item, index, one.knows(item, index)))
  const began: AttemptEvent = { kind: 'began', at: 0, attemptId: id, mode, form, limit }
  const ended: AttemptEvent = { kind: 'ended', at: length * ITEM_MS, by: 'candidate' }
  const events = begunWith ? [began] : [began, ...answers, ended]
  return events
    .map((event) => {
      const moment = { uptime: event.at, boot: 'another machine', wall: start + event.at }
      return `${JSON.stringify({ event, moment })}\n`
    })
    .join('')
}

/** The candidate's acts at an item: right ones, or a wrong one at the first chance. */
function answered({ delivery, order, key, extra }: FormItem, item: number, isKnown: boolean): AttemptEvent[] {
  const at = item * ITEM_MS
  const moved: AttemptEvent = { kind: 'moved', at, item }
  const wrong = order.find((option) => !key.includes(option)) ?? -1
  if (delivery === 'classic')
    return [moved, { kind: 'chose', at: at + 30_000, item, options: isKnown ? [...key] : [wrong] }]
  const decided = (option: number, yes: boolean): AttemptEvent => ({
    kind: 'decided',
    at: at + 30_000,
    item,
    option,
    yes,
  })
  if (!isKnown) return [moved, decided(order[0] ?? -1, !key.includes(order[0] ?? -1))]
  const last = Math.max(...key.map((option) => order.indexOf(option)))
  return [
    moved,
    ...order.slice(0, last + (extra ? 2 : 1)).map((option) => decided(option, key.includes(option))),
  ]
}
