/**
 * The time of an attempt: milliseconds since it began, which no change of the system's clock moves.
 *
 * While the process lives, its monotonic clock counts, or the machine's uptime where that went on while the machine
 * slept. Over a restart of the app the machine's uptime counts, because nobody can set it. Only when the machine was
 * restarted too, or the attempt goes on at another machine, the wall clock is asked, and a step backwards is never
 * believed. Decision 36 has the table of cases.
 */
import { uptime } from 'node:os'
import { machineName } from '../../../shared/system/machine'
import { bootId } from '../../../shared/system/processes'

/** A moment, as every clock at hand shows it. */
export interface Moment {
  /** Milliseconds since some point in this process. */
  readonly monotonic: number
  /** Milliseconds since the machine started. */
  readonly uptime: number
  /** Names this run of the machine; empty where it has no name. */
  readonly boot: string
  /** Names the machine. Journals of an older Capstan do not say it. */
  readonly host?: string | undefined
  /** Milliseconds since 1970. */
  readonly wall: number
}

/** The part of a moment that is stored, so that another process can measure from it. */
export type StoredMoment = Omit<Moment, 'monotonic'>

export function momentNow(): Moment {
  const { boot, host } = names()
  return { monotonic: performance.now(), uptime: uptime() * 1000, boot, host, wall: Date.now() }
}

interface Names {
  readonly boot: string
  readonly host: string
}

let known: Names | null = null

/** Linux names each run of the machine; on other systems uptime alone must do. */
function names(): Names {
  known ??= { boot: bootId() ?? '', host: machineName() }
  return known
}

/** The attempt's time at a moment. */
export interface Mark {
  /** Milliseconds since the attempt began. */
  readonly at: number
  readonly moment: StoredMoment
}

/**
 * Milliseconds between a stored moment and now, as another process measures them. After a restart of the machine at
 * least its uptime has passed, whatever its wall clock was set to. The uptime of another machine says nothing, so there
 * only the wall clocks of the two count.
 */
export function since(stored: StoredMoment, now: StoredMoment): number {
  const isSameRun = isSameBoot(stored, now) && now.uptime >= stored.uptime
  if (isSameRun) return now.uptime - stored.uptime
  return Math.max(isSameHost(stored, now) ? now.uptime : 0, now.wall - stored.wall)
}

/** Names of runs are random, so no two machines share one. Without them the machine must be the same. */
function isSameBoot(one: StoredMoment, other: StoredMoment): boolean {
  return one.boot === other.boot && (one.boot !== '' || isSameHost(one, other))
}

/** A moment without a name of its machine is believed to be of this one. */
function isSameHost(one: StoredMoment, other: StoredMoment): boolean {
  return one.host === undefined || other.host === undefined || one.host === other.host
}

/**
 * The attempt's time now. When the attempt comes back to a machine, the time that passed there counts as well: a wrong
 * clock on the machine in between gives no time.
 * @param last the last mark of all
 * @param earlier the last mark of each machine
 */
function timeAt(last: Mark, earlier: readonly Mark[], now: StoredMoment): number {
  const here = earlier.filter(({ moment }) => moment.host !== undefined && moment.host === now.host)
  return Math.max(...[last, ...here].map(({ at, moment }) => at + since(moment, now)))
}

/** The machine gives its uptime in hundredths of a second. It is rounded up, so that no time can be gained. */
const UPTIME_STEP_MS = 10

export class AttemptClock {
  readonly #now: () => Moment
  readonly #start: Moment
  readonly #offset: number

  private constructor(now: () => Moment, offset: number) {
    this.#now = now
    this.#start = now()
    this.#offset = offset
  }

  static fresh(now: () => Moment = momentNow): AttemptClock {
    return new AttemptClock(now, 0)
  }

  /**
   * A clock that goes on from the last entry of a journal.
   * @param stops whether the clock stood still in between, as it does in practice
   * @param marks the last mark of each machine that the attempt was at
   */
  static resumed(
    last: Mark,
    {
      stops,
      marks = [],
      now = momentNow,
    }: { readonly stops: boolean; readonly marks?: readonly Mark[]; readonly now?: () => Moment },
  ): AttemptClock {
    return new AttemptClock(now, stops ? last.at : timeAt(last, marks, now()) + UPTIME_STEP_MS)
  }

  /** The attempt's time now, in whole milliseconds. */
  at(): number {
    const now = this.#now()
    const awake = now.monotonic - this.#start.monotonic
    const withSleep = now.uptime - this.#start.uptime - UPTIME_STEP_MS
    return Math.round(this.#offset + Math.max(awake, withSleep))
  }

  moment(): StoredMoment {
    const { uptime: up, boot, host, wall } = this.#now()
    return { uptime: up, boot, host, wall }
  }
}
