/**
 * One factor stretches every time limit of this process, so that a slow machine gets the time that it needs and what
 * hangs is still noticed. A limit is stretched once, by the function that waits for it. Its number in the code is that
 * of a usual machine, and so is every `limitMs` that is handed on. Pauses between two looks, intervals, the time of an
 * exam and budgets of work are no limits.
 */
import { CapstanError } from './errors'

/** With more than this, nobody would wait for a limit. */
export const LARGEST_FACTOR = 20

/** The first one of these that has a factor decides. */
const SOURCES = ['environment', 'settings', 'measured'] as const

export type FactorSource = (typeof SOURCES)[number]

export interface TimeFactor {
  /** 1 to 20. */
  readonly factor: number
  /** Who says so. The default holds until the machine has been measured. */
  readonly source: FactorSource | 'default'
}

const factors = new Map<FactorSource, number>()

/** Sets what one source says, or that it says nothing. Waits that have begun keep their limits. */
export function setTimeFactor(source: FactorSource, factor: number | null): void {
  if (factor === null) return void factors.delete(source)
  if (!isFactor(factor)) throw new RangeError(`A factor of ${factor} for time limits`)
  factors.set(source, factor)
}

/** The factor that holds now. */
export function timeFactor(): TimeFactor {
  for (const source of SOURCES) {
    const factor = factors.get(source)
    if (factor !== undefined) return { factor, source }
  }
  return { factor: 1, source: 'default' }
}

/** A limit on this machine: whole milliseconds of milliseconds, whole seconds of seconds. */
export function stretched(limit: number): number {
  return Math.round(limit * timeFactor().factor)
}

/** A limit on this machine in words, such as "12.5 s". */
export function limitText(limitMs: number): string {
  return `${stretched(limitMs) / 1_000} s`
}

/**
 * Reads `CAPSTAN_TIME_FACTOR`.
 * @returns null where it is not set
 * @throws CapstanError `bad-input` for anything but a number from 1 to 20
 */
export function timeFactorIn(env: Readonly<Record<string, string | undefined>>): number | null {
  const text = env.CAPSTAN_TIME_FACTOR?.trim()
  if (!text) return null
  const factor = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (isFactor(factor)) return factor
  throw new CapstanError('bad-input', `CAPSTAN_TIME_FACTOR is ${JSON.stringify(text.slice(0, 40))}.`, {
    help: `Set it to a number from 1 to ${LARGEST_FACTOR}, such as 4, or unset it: then the machine is measured.`,
  })
}

function isFactor(factor: number): boolean {
  return factor >= 1 && factor <= LARGEST_FACTOR
}
