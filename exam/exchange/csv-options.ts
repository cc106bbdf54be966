/** The texts of a row's options, from columns of their own or from one cell. */
import type { Columns } from './csv-columns'

export interface OptionTexts {
  /** In the order of their columns; empty for one that is not there. */
  readonly texts: readonly string[]
  /** Cells that stand for no option, such as "N/A". */
  readonly fillers: readonly string[]
}

const DIVIDERS = ['|', '\n', ';']
/** What people and programs write in the place of an option that a question does not have. */
const FILLER = /^(?:#?n\/a|[-–—]|null|nan)$/i
const TRUE = words(
  'true, t, yes, wahr, richtig, verdadero, vrai, verdadeiro, vero, prawda, верно, правда, 对, 正确, 是, ○',
)
const FALSE = words('false, f, no, falsch, falso, faux, fałsz, falsz, неверно, ложь, 错, 错误, 否, 不正确, ×')

export function optionTexts(cells: readonly string[], columns: Columns): OptionTexts {
  const cell = (at: number | null) => (at === null ? '' : (cells[at] ?? '').trim())
  const own = columns.options.map(({ text }) => cell(text))
  const answer = cell(columns.answer)
  const listed = own.every((text) => text === '') ? divided(cell(columns.list), answer) : own
  if (columns.areWrong) return { texts: answer === '' ? listed : [...listed, answer], fillers: [] }
  return withoutFillers(listed, answer)
}

/** True or false, in the languages of teachers; null for any other word. */
export function truthOf(word: string): boolean | null {
  const said = word.trim().toLowerCase()
  if (TRUE.has(said)) return true
  return FALSE.has(said) ? false : null
}

/** The divider that makes the answer one of the options counts before all others. */
function divided(cell: string, answer: string): readonly string[] {
  const lists = DIVIDERS.map((divider) => cell.split(divider).map((text) => text.trim()))
  const whole = lists.filter((texts) => texts.length > 1 && !texts.includes(''))
  return whole.find((texts) => texts.includes(answer)) ?? whole[0] ?? []
}

/** A filler after the last option is none, as long as two are left and the answer is not that. */
function withoutFillers(texts: readonly string[], answer: string): OptionTexts {
  const kept = [...texts]
  const fillers: string[] = []
  const count = () => kept.filter((text) => text !== '').length
  for (let at = kept.length - 1; at >= 0; at--) {
    const text = kept[at] ?? ''
    const isNone = FILLER.test(text) && text.toLowerCase() !== answer.toLowerCase()
    if (text !== '' && (!isNone || count() <= 2)) break
    if (text !== '') fillers.push(text)
    kept[at] = ''
  }
  return { texts: kept, fillers }
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((word) => word.trim()))
}
