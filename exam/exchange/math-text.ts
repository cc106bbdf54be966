/** A formula of MathML as one line of text. What it says stays visible, though not as its author drew it. */

interface Open {
  readonly name: string
  readonly parts: string[]
}

const RELATION = /^[=<>≤≥≠≈∈+−×÷±→⇒-]$/

/** Takes the elements and texts of a formula in their order. */
export class MathText {
  readonly #open: Open[] = [{ name: 'math', parts: [] }]

  begin(name: string): void {
    this.#open.push({ name, parts: [] })
  }

  add(text: string): void {
    if (text.trim() !== '') this.#open.at(-1)?.parts.push(text.trim().replace(/\s+/g, ' '))
  }

  /** @returns the text of the formula, when this was its last element */
  end(): string | null {
    const done = this.#open.pop()
    const parent = this.#open.at(-1)
    const text = done ? written(done) : ''
    if (!parent) return text
    if (text !== '') parent.parts.push(text)
    return null
  }
}

function written({ name, parts }: Open): string {
  const [first = '', second = '', third = ''] = parts
  switch (name) {
    case 'mfrac':
      return `${grouped(first)}/${grouped(second)}`
    case 'msup':
    case 'mover':
      return `${grouped(first)}^${grouped(second)}`
    case 'msub':
    case 'munder':
      return `${grouped(first)}_${grouped(second)}`
    case 'msubsup':
    case 'munderover':
      return `${grouped(first)}_${grouped(second)}^${grouped(third)}`
    case 'msqrt':
      return `√(${parts.join('')})`
    case 'mroot':
      return `${grouped(second)}√(${first})`
    case 'mfenced':
      return `(${parts.join(', ')})`
    case 'mtr':
      return `${parts.join(' ')};`
    case 'mo':
      return RELATION.test(first) ? ` ${first} ` : first
    // They say the same once more, in another language.
    case 'annotation':
    case 'annotation-xml':
      return ''
    case 'math':
      return parts.join('').replace(/\s+/g, ' ').trim()
    default:
      return parts.join('')
  }
}

/** In brackets, unless it is one number or one name. */
function grouped(text: string): string {
  const one = text.trim()
  return /^(?:[\d.,]+|\p{L}+|\(.*\))$/u.test(one) ? one : `(${one})`
}

/** What stands around a formula of TeX, and what is in one. */
const TEX = [
  ['$$', '$$'],
  ['\\(', '\\)'],
  ['\\[', '\\]'],
] as const
const IN_TEX = /[\\^_{=]/
/** Characters. */
const LONGEST_TEX = 500

/** Whether a text holds a formula of TeX, which a page shows as it is written. */
export function holdsTex(text: string): boolean {
  return TEX.some(([begin, end]) => {
    for (let at = text.indexOf(begin); at >= 0; ) {
      const close = text.indexOf(end, at + begin.length)
      if (close < 0) return false
      if (close - at < LONGEST_TEX && IN_TEX.test(text.slice(at + begin.length, close))) return true
      at = text.indexOf(begin, close + end.length)
    }
    return false
  })
}
