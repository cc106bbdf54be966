/** An exam whose host is killed again and again, and what must be left of it each time. */
import { expect } from 'vitest'
import { type Attempt, apply } from '../../exam'
import { Random } from '../../exam/form/random'
import { ApiError, type AttemptView } from '../../main/api'
import {
  type Act,
  actsOf,
  attemptOf,
  comparable,
  type examHosts,
  expectedView,
  journalOf,
  randomAct,
  send,
  shown,
} from './exam-fixture'
import type { ServedApp } from './host'

/** A view with its remaining time, and the two moments of this process between which it was made. */
interface Look {
  readonly view: AttemptView
  readonly from: number
  readonly to: number
}

async function look(work: () => Promise<AttemptView>): Promise<Look> {
  const from = performance.now()
  const view = await work()
  return { view, from, to: performance.now() }
}

/** A clock that is read across a restart is rounded up by at most two steps of 10 ms, and by 1 ms at each restart. */
const ROUNDING_MS = 25

/** Expects that no time was gained and none was lost between two looks. */
function expectHonestTime(before: Look, after: Look, restarts: number): void {
  const spent = (before.view.timeLeft ?? 0) - (after.view.timeLeft ?? 0)
  expect(spent, 'time was won').toBeGreaterThanOrEqual(after.from - before.to - 2)
  expect(spent, 'time was lost').toBeLessThanOrEqual(after.to - before.from + 2 + ROUNDING_MS * restarts)
}

interface Round {
  readonly acts: readonly Act[]
  /** The number of acts that are sent without waiting for answers. */
  readonly window: number
  /** The host is killed after this many acts were sent, or after this many were answered. */
  readonly kill: { readonly by: 'sent' | 'answered'; readonly count: number }
}

function randomRound(attempt: Attempt, random: Random): Round {
  let expected = attempt
  const acts = Array.from({ length: 1 + random.below(16) }, () => {
    const act = randomAct(expected, random)
    expected = apply(expected, { ...act, at: 0 })
    return act
  })
  const by = random.below(2) === 0 ? ('sent' as const) : ('answered' as const)
  return { acts, window: 1 + random.below(6), kill: { by, count: random.below(acts.length + 1) } }
}

interface Killed {
  readonly sent: readonly Act[]
  readonly answered: number
  readonly last: Look | null
}

/** Sends acts and kills the host in the middle of them. Answers that had already left the host still count. */
async function playAndKill(app: ServedApp, id: string, { acts, window, kill }: Round): Promise<Killed> {
  let [sent, answered] = [0, 0]
  let last: Look | null = null
  let isDead = false
  const work: Promise<void>[] = []
  const reached = () => (kill.by === 'sent' ? sent : answered) >= kill.count
  const next = (): void => {
    if (!isDead && reached()) isDead = app.process.kill('SIGKILL')
    if (isDead || sent === acts.length || sent - answered >= window) return
    const act = acts[sent] as Act
    const order = sent++
    const one = look(() => send(app.api, id, act)).then((seen) => {
      expect(order, 'answers come in the order of the acts').toBe(answered)
      answered += 1
      last = seen
      next()
    }, expectDisconnected)
    work.push(one)
    next()
  }
  next()
  for (let settled = 0; settled < work.length; settled++) await work[settled]
  await app.end('SIGKILL')
  return { sent: acts.slice(0, sent), answered, last }
}

/** The host was killed before it could answer. */
export function expectDisconnected(error: unknown): void {
  if (!(error instanceof ApiError && error.code === 'disconnected')) throw error
}

export interface Survival {
  readonly hosts: ReturnType<typeof examHosts>
  /** How often the host is killed. */
  readonly rounds: number
  readonly seed: number
  /** Ends the run early when another one has failed. */
  readonly signal: AbortSignal
}

/** Begins an exam, kills its host again and again, and checks each time that nothing was lost. */
export async function survive({ hosts, rounds, seed, signal }: Survival): Promise<void> {
  const random = new Random(seed)
  const folder = await hosts.dataFolder()
  let { app, id, began } = await hosts.begin(folder)
  let done: Act[] = []
  let before = await look(() => shown(app.api, id))
  const first = before
  for (let round = 1; round <= rounds && !signal.aborted; round++) {
    const killed = await playAndKill(app, id, randomRound(attemptOf(began, done), random))
    const kept = actsOf(await journalOf(folder, id))
    const certain = done.length + killed.answered
    expect(kept, 'no hole, nothing in another order, nothing made up').toEqual(
      [...done, ...killed.sent].slice(0, kept.length),
    )
    expect(kept.length, 'every act that was answered').toBeGreaterThanOrEqual(certain)
    app = await hosts.open(folder)
    const after = await look(() => shown(app.api, id))
    expect(comparable(after.view)).toEqual(expectedView(attemptOf(began, kept)))
    expectHonestTime(killed.last ?? before, after, 1)
    expectHonestTime(first, after, round)
    ;[done, before] = [kept, after]
  }
  await app.end()
}
