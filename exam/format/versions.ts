/** The versions of the Docker Engine for which the answer of an item holds: what an author writes, and what it means. */

const COMPARISON = /^(>=|<)(\d{1,3})(?:\.(\d{1,3}))?$/

interface Comparison {
  readonly sign: '>=' | '<'
  readonly version: string
}

/** The form of `versions`, such as ">=23", "<29" or ">=20.10 <29". */
export function isVersionRange(text: string): boolean {
  const parts = partsOf(text)
  const signs = parts.map((part) => COMPARISON.exec(part)?.[1])
  return signs.join() === '>=' || signs.join() === '<' || signs.join() === '>=,<'
}

/**
 * @param range in the form of `isVersionRange`
 * @param version of an engine, such as "26.1" or "26.1.5"
 */
export function holdsFor(range: string, version: string): boolean {
  return comparisonsOf(range).every(({ sign, version: bound }) => {
    const isBelow = compare(version, bound) < 0
    return sign === '<' ? isBelow : !isBelow
  })
}

/** Says for which versions an answer holds, as students read it: "since Docker 23". */
export function rangeInWords(range: string): string {
  const words = comparisonsOf(range).map(
    ({ sign, version }) => `${sign === '<' ? 'before' : 'since'} Docker ${version}`,
  )
  return words.join(' and ')
}

function comparisonsOf(range: string): Comparison[] {
  return partsOf(range).flatMap((part) => {
    const [, sign, major, minor] = COMPARISON.exec(part) ?? []
    if ((sign !== '<' && sign !== '>=') || !major) return []
    return [{ sign, version: minor === undefined ? major : `${major}.${minor}` }]
  })
}

function partsOf(range: string): string[] {
  return range.split(/\s+/).filter(Boolean)
}

/** Negative when the first version is the older one. What is not written counts as zero. */
function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number))
  for (let at = 0; at < Math.max(a?.length ?? 0, b?.length ?? 0); at++) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
