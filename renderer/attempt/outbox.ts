/**
 * The acts of a candidate that the host has not confirmed yet. They are sent in order, again and again while the line is
 * down, and they outlive a reload of the page. The host alone judges whether they came in time.
 */
import { z } from 'zod'
import { ApiError, type AttemptView, contract } from '../../main/api'
import { Turns } from '../../shared/turns'
import type { PageClient } from '../api'
import type { Clock } from '../components'

const { calls } = contract

const Act = z.discriminatedUnion('name', [
  z.object({ name: z.literal('exam.choose'), input: calls['exam.choose'].in }),
  z.object({ name: z.literal('exam.decide'), input: calls['exam.decide'].in }),
  z.object({ name: z.literal('exam.flag'), input: calls['exam.flag'].in }),
  z.object({ name: z.literal('exam.move'), input: calls['exam.move'].in }),
  z.object({ name: z.literal('exam.reveal'), input: calls['exam.reveal'].in }),
  z.object({ name: z.literal('exam.end'), input: calls['exam.end'].in }),
])
export type Act = z.infer<typeof Act>

/** More than anybody does while a line is down. */
const MOST_ACTS = 500
/** The line to the host needs a moment to notice that it is down. */
const LINE_PAUSE_MS = 100

export interface OutboxOptions {
  readonly api: Pick<PageClient, 'call' | 'notices'>
  readonly clock: Clock
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

export class Outbox {
  readonly #attemptId: string
  readonly #options: OutboxOptions
  readonly #turns = new Turns()
  #waiting: readonly Act[] = []

  constructor(attemptId: string, options: OutboxOptions) {
    this.#attemptId = attemptId
    this.#options = options
    for (const act of this.#saved())
      void this.send(act).catch((error: unknown) => this.#tell(act, wordsOf(error)))
  }

  /**
   * @returns the view after the act
   * @throws ApiError when the host refuses it
   */
  async send(act: Act): Promise<AttemptView> {
    this.#keep([...this.#waiting, act].slice(-MOST_ACTS))
    try {
      const view = await this.#turns.run(() => this.#untilAnswered(act))
      if ('kept' in view && !view.kept) this.#tell(act, reasonOf(view))
      return view
    } finally {
      this.#keep(this.#waiting.filter((one) => one !== act))
    }
  }

  /** Sends an act again when its answer was lost with the line. The host accepts the same act twice. */
  async #untilAnswered(act: Act) {
    for (;;) {
      try {
        return await this.#options.api.call(act.name, act.input)
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'disconnected')) throw error
        await new Promise<void>((resolve) => this.#options.clock.after(LINE_PAUSE_MS, resolve))
      }
    }
  }

  #tell({ name, input }: Act, reason: string): void {
    if (name !== 'exam.choose' && name !== 'exam.decide') return
    this.#options.api.notices.emit({
      id: `not-kept-${input.attemptId}-${input.item}`,
      level: 'warning',
      message: `Your answer to item ${input.item + 1} was not kept: ${reason}`,
      help: null,
    })
  }

  #keep(acts: readonly Act[]): void {
    this.#waiting = acts
    const { storage } = this.#options
    if (acts.length === 0) storage.removeItem(this.#key)
    else storage.setItem(this.#key, JSON.stringify(acts))
  }

  /** The acts of the page before a reload. What this version of the page cannot read is left out. */
  #saved(): readonly Act[] {
    try {
      const read = z
        .array(Act)
        .max(MOST_ACTS)
        .safeParse(JSON.parse(this.#options.storage.getItem(this.#key) ?? '[]'))
      return read.success ? read.data : []
    } catch {
      return []
    }
  }

  get #key(): string {
    return `capstan.unsent.${this.#attemptId}`
  }
}

function reasonOf({ state }: AttemptView): string {
  if (state === 'ended') return 'the exam was over before it arrived.'
  return 'the item was already closed, or answered in another window.'
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const OPEN = new WeakMap<OutboxOptions['api'], Map<string, Outbox>>()

/** The outbox of an attempt. Pages that show the attempt one after the other share it, so that its order stays. */
export function outboxOf(attemptId: string, api: OutboxOptions['api'], clock: Clock): Outbox {
  const own = OPEN.get(api) ?? new Map<string, Outbox>()
  OPEN.set(api, own)
  const outbox = own.get(attemptId) ?? new Outbox(attemptId, { api, clock, storage: window.sessionStorage })
  own.set(attemptId, outbox)
  return outbox
}
