/** The sentences of authors: texts with placeholders in braces, which are filled in with what was found. */

/** The names that a sentence may use in braces. */
const PLACEHOLDERS = ['actual', 'expected', 'name'] as const
const PLACEHOLDER = /\{(\w+)\}/g

export type Filled = Readonly<Record<(typeof PLACEHOLDERS)[number], string>>

/** Fills in a sentence. A value brings no mark of its own to the end of a sentence, and no code begins in it. */
export function fill(sentence: string, values: Filled): string {
  return sentence.replace(/\{(\w+)\}([.!?]?)/g, (whole, name: string, mark: string) => {
    if (!isPlaceholder(name)) return whole
    const value = values[name].replaceAll('`', "'")
    return `${mark ? value.replace(/[\s.!?,;:]+$/, '') : value}${mark}`
  })
}

/** True for a sentence that needs no value. */
export function isStatic(sentence: string): boolean {
  return !/\{(actual|expected)\}/.test(sentence)
}

function isPlaceholder(name: string): name is (typeof PLACEHOLDERS)[number] {
  return PLACEHOLDERS.some((known) => known === name)
}

/** The names in braces of a sentence that nothing fills in. */
export function unknownPlaceholders(sentence: string): string[] {
  return [...sentence.matchAll(PLACEHOLDER)]
    .map(([, name = '']) => name)
    .filter((name) => !isPlaceholder(name))
}
