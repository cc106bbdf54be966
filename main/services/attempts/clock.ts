/**
 * The time of an attempt: milliseconds since it began, which no change of the system's clock moves.
 *
 * While the process lives, its monotonic clock counts, or the machine's uptime where that went on while the machine
 * slept. Over a restart of the app the machine's uptime counts, because nobody can set it. Only when the machine was
 * restarted too, the wall clock is asked, and a step backwards is never believed.
 */
import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'

/** A moment, as every clock at hand shows it. */
export interface Moment {
  /** Milliseconds since some point in this process. */
  readonly monotonic: number
  /** Milliseconds since the machine started. */
  readonly uptime: number
  /** Names this run of the machine; empty where it has no name. */
  readonly boot: string
  /** Milliseconds since 1970. */
  readonly wall: number
}

/** The part of a moment that is stored, so that another process can measure from it. */
export type StoredMoment = Omit<Moment, 'monotonic'>

export function momentNow(): Moment {
  return { monotonic: performance.now(), uptime: uptime() * 1000, boot: bootName(), wall: Date.now() }
}

let boot: string | null = null

/** Linux names each run of the machine (random(4)); on other systems uptime alone must do. */
function bootName(): string {
  if (boot === null) {
    try {
      boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    } catch {
      boot = ''
    }
  }
  return boot
}

/**
 * Milliseconds between a stored moment and now, as another process measures them. After a restart of the machine at
 * least its uptime has passed, whatever its wall clock was set to.
 */
export function since(stored: StoredMoment, now: StoredMoment): number {
  const isSameRun = stored.boot === now.boot && now.uptime >= stored.uptime
  return isSameRun ? now.uptime - stored.uptime : Math.max(now.uptime, now.wall - stored.wall)
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
   */
  static resumed(
    last: { readonly at: number; readonly moment: StoredMoment },
    { stops, now = momentNow }: { stops: boolean; now?: () => Moment },
  ): AttemptClock {
    return new AttemptClock(now, last.at + (stops ? 0 : since(last.moment, now()) + UPTIME_STEP_MS))
  }

  /** The attempt's time now, in whole milliseconds. */
  at(): number {
    const now = this.#now()
    const awake = now.monotonic - this.#start.monotonic
    const withSleep = now.uptime - this.#start.uptime - UPTIME_STEP_MS
    return Math.round(this.#offset + Math.max(awake, withSleep))
  }

  moment(): StoredMoment {
    const { uptime: up, boot: name, wall } = this.#now()
    return { uptime: up, boot: name, wall }
  }
}
