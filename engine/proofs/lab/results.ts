/** The results of a step's checks, taken together. */
import type { Check, CheckResult } from '../../checks'

export type Results = ReadonlyMap<Check, CheckResult>

export function allGreen(results: Results): boolean {
  return results.size > 0 && [...results.values()].every(({ state }) => state === 'green')
}

/** True when everything that the step asks for is green. Guards are left out: they are green from the start. */
export function askedGreen(results: Results): boolean {
  const asked = [...results].filter(([check]) => !check.guard)
  return asked.length > 0 && asked.every(([, { state }]) => state === 'green')
}

/** The checks that are not green, in one sentence each. */
export function redOnes(results: Results): string {
  const red = [...results].filter(([, { state }]) => state !== 'green')
  return red.map(([check, { explanation }]) => `"${check.name}": ${explanation}`).join(' · ')
}
