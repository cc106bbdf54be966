/** Finds what the schema of a check cannot see: patterns that do not compile, and words that a student cannot read. */
import { type Check, type CheckFlaw, flawsOf, matchersOf } from './kinds'
import { wordFlaws } from './lint-words'
import { patternError, patternsIn } from './matchers'

export function lintCheck(check: Check): CheckFlaw[] {
  return [...flawsOf(check), ...patternFlaws(check), ...wordFlaws(check)]
}

function patternFlaws(check: Check): CheckFlaw[] {
  const patterns = matchersOf(check).flatMap(patternsIn)
  return patterns.flatMap((pattern) => {
    const reason = patternError(pattern)
    if (reason === null) return []
    const message = `The pattern ${pattern} does not compile: ${reason}.`
    return [
      {
        place: ['expect'],
        message,
        help: 'Correct it. Patterns are those of RE2: see github.com/google/re2/wiki/Syntax.',
      },
    ]
  })
}
