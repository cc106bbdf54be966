/** Regular expressions as labs write them, `/…/flags`: the only place that reads this form. */

/** Flags g and y are left out: with them an answer would depend on the one before. */
const FORM = /^\/(.*)\/([dimsuv]*)$/s

/** True for a text in the form `/…/flags`. */
export function isPattern(text: string): boolean {
  return FORM.test(text)
}

/**
 * The regular expression of a text; the slashes may be left out where nothing but a pattern can stand.
 * @throws SyntaxError when it does not compile
 */
export function toRegExp(text: string): RegExp {
  const [, body = text, flags = ''] = FORM.exec(text) ?? []
  return new RegExp(body, flags)
}

/** Why a pattern does not compile, or null when it does. */
export function patternError(text: string): string | null {
  try {
    toRegExp(text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
