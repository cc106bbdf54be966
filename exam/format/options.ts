/** What the texts of options say, beside what they mean. */
import type { Item } from './item'

const CODE = /(`+)([\s\S]*?[^`])\1(?!`)/g

/**
 * The form in which options are compared. Texts that differ only in marks of code, blanks or case are equal. Inside of
 * code every blank and letter counts: `-p` and `-P` are two flags.
 */
function plain(text: string): string {
  const words = (part: string) => part.replace(/`/g, '').replace(/\s+/g, ' ').toLowerCase()
  const parts: string[] = []
  let from = 0
  for (const found of text.matchAll(CODE)) {
    parts.push(words(text.slice(from, found.index)), found[2] ?? '')
    from = found.index + found[0].length
  }
  parts.push(words(text.slice(from)))
  return parts.join('').trim().replace(/\.$/, '')
}

/** False when two options of the item say the same. A combination like that cannot be used. */
export function optionsDiffer({ options }: Pick<Item, 'options'>): boolean {
  const ids = new Set(options.map(({ id }) => id))
  return ids.size === options.length && textsDiffer(options.map(({ text }) => text))
}

/** False when two of the texts say the same. */
export function textsDiffer(texts: readonly string[]): boolean {
  return new Set(texts.map(plain)).size === texts.length
}

/** The places of the first two options that say the same; empty when all differ. */
export function equalOptions({ options }: Pick<Item, 'options'>): number[] {
  const texts = options.map(({ text }) => plain(text))
  const second = texts.findIndex((text, at) => texts.indexOf(text) < at)
  return second < 0 ? [] : [texts.indexOf(texts[second] ?? ''), second]
}

/**
 * Whether an option speaks of others, in the languages that teachers' files come in. Such an option cannot be judged
 * where options are shown one at a time, or in another order.
 */
export function speaksOfOthers(text: string): boolean {
  return ABOUT_OTHERS.some((pattern) => pattern.test(text))
}

const ABOUT_OTHERS = [
  /\b(all|none|both|any|either|neither) of (the|these|those|them)\b|\b(all|none) the above\b/i,
  /\b(both |combination of |options? |answers? )["'(]?[a-j]\b["')]?(,? *(and|&|or|,) *["'(]?[a-j]\b)+/i,
  /^["'(]?[A-J]["')]?,? +(and|&) +["'(]?[A-J]["')]?( only)?\.?$/,
  /\b(alle|keine)[rs]? (der|die) (genannten|oben|obigen|antworten)|^(beide|alle|keine)s?\.?$/i,
  /\b(todas|ninguna|ambas) (de )?(las )?(anteriores|opciones|respuestas)/i,
  /\b(toutes|aucune) (de |d.)?(les |ces |ci)?[\s-]*(ci-dessus|réponses|propositions)/i,
  /\b(tutte|nessuna) (le|delle) (precedenti|risposte)|\b(todas|nenhuma) (as|das) (anteriores|alternativas|opções)/i,
]
