/** The key of a question whose options have points, in per cent, as GIFT and Moodle have them. */

export interface Key {
  readonly right: readonly boolean[]
  /** The points that are lost, in words; null when none are. */
  readonly lost: string | null
}

/** A question that cannot be taken over. It is caught where the line of the question is known. */
export class Refused extends Error {
  readonly help: string

  constructor(message: string, help: string) {
    super(message)
    this.help = help
  }
}

/** Shares of 100 are rounded by many programs. */
const ROUNDING = 5
const HELP = 'Give one option 100 %, or give all right options equal shares of 100 %.'

/**
 * In a question with one answer the option with all points is right. In one with several answers all options with points
 * are right, and together they have all of them.
 * @throws Refused when the points do not tell one key
 */
export function keyOf(points: readonly number[], isSingle: boolean): Key {
  const odd = points.find((one) => !(one >= -100 && one <= 100))
  if (odd !== undefined) throw new Refused(`The points of an option are ${odd}.`, 'Points are -100 to 100.')
  const right = points.map((one) => (isSingle ? one === 100 : one > 0))
  const count = right.filter(Boolean).length
  if (count === 0) throw new Refused('No option gives all points.', HELP)
  if (isSingle && count > 1) throw new Refused(`Each of ${count} options alone gives all points.`, HELP)
  const given = points.filter((_one, index) => right[index])
  const sum = given.reduce((all, one) => all + one, 0)
  if (Math.abs(sum - 100) > ROUNDING)
    throw new Refused(`The right options together give ${round(sum)} % of the points.`, HELP)
  return { right, lost: lostPoints(points, { given, isSingle }) }
}

function lostPoints(
  points: readonly number[],
  { given, isSingle }: { readonly given: readonly number[]; readonly isSingle: boolean },
): string | null {
  const part = points.filter((one) => isSingle && one !== 100 && one !== 0)
  if (part.length > 0)
    return `options with a part of the points (${part.map((one) => `${round(one)} %`).join(', ')}), which count as wrong`
  if (Math.max(...given) - Math.min(...given) <= ROUNDING) return null
  return 'the different points of the right options'
}

function round(percent: number): number {
  return Number(percent.toFixed(2))
}
