/** Finds what the schema of a check cannot see: patterns that do not compile, placeholders that nothing fills in. */
import { type Check, type CheckFlaw, flawsOf, matchersOf } from './kinds'
import { patternError, patternsIn } from './matchers'
import { unknownPlaceholders } from './sentence'

export function lintCheck(check: Check): CheckFlaw[] {
  return [...flawsOf(check), ...patternFlaws(check), ...placeholderFlaws(check)]
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

function placeholderFlaws({ explain }: Check): CheckFlaw[] {
  return unknownPlaceholders(explain ?? '').map((name) => ({
    place: ['explain'],
    message: `"{${name}}" is no placeholder.`,
    help: 'There are {actual}, {expected} and {name}.',
  }))
}
