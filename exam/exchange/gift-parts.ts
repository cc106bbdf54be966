/** One question of GIFT, taken apart as Moodle does it: title, text, and what stands in its braces. */
import { Refused } from './key'
import type { TextFormat } from './texts'

export interface GiftText {
  readonly text: string
  readonly format: TextFormat
}

export interface GiftAnswer {
  /** Per cent of the points. */
  readonly points: number
  readonly text: GiftText
  readonly feedback: GiftText | null
}

export interface GiftQuestion {
  readonly title: string | null
  /** The words of its comments, such as id=one and tag=NET-05. */
  readonly marks: readonly { readonly name: string; readonly value: string }[]
  readonly stem: GiftText
  readonly explanation: GiftText | null
  readonly body: GiftBody
}

export type GiftBody =
  | { readonly type: 'choice'; readonly isSingle: boolean; readonly answers: readonly GiftAnswer[] }
  | {
      readonly type: 'true-false'
      readonly isTrue: boolean
      readonly whenWrong: GiftText | null
      readonly whenRight: GiftText | null
    }
  | {
      readonly type: 'matching'
      readonly pairs: readonly { readonly left: GiftText; readonly right: string }[]
    }
  | { readonly type: 'other'; readonly name: string }

/** Each escaped character is one of Unicode's private area meanwhile, so that it is no mark of the format. */
const ESCAPES = '\\:#={}~'
const PRIVATE = 0xe000
const LINE = String.fromCharCode(PRIVATE + ESCAPES.length)
const PRIVATE_CHARACTERS = new RegExp(`[${String.fromCharCode(PRIVATE)}-${LINE}]`, 'g')
const FORMAT = /^\s*\[(html|moodle|plain|markdown)\]/i
const ALL_POINTS = /^%100%/
const WEIGHT = /^%(-?\d{1,3}(?:\.\d*)?)%/
/** A gap in the text, where its braces stand in the middle. */
const GAP = '_____'

/** @throws Refused for a question whose braces do not fit */
export function giftQuestion(block: string): GiftQuestion {
  const lines = block.split('\n')
  const isComment = (line: string) => line.trimStart().startsWith('//')
  const marks = lines.filter(isComment).flatMap(marksOf)
  const escaped = hidden(
    lines
      .filter((line) => !isComment(line))
      .join('\n')
      .trim(),
  )
  const [, title, rest = ''] = /^::([\s\S]*?)::([\s\S]*)$/.exec(escaped) ?? [null, null, escaped]
  const open = rest.indexOf('{')
  if (open < 0) {
    if (rest.includes('}'))
      throw new Refused('There is a "}" without a "{".', 'Write "\\}" for a brace of the text.')
    return {
      title: titleOf(title),
      marks,
      stem: textOf(rest),
      explanation: null,
      body: { type: 'other', name: 'description' },
    }
  }
  const close = rest.indexOf('}', open)
  if (close < 0)
    throw new Refused(
      'This is not GIFT: a "{" is never closed.',
      'Close it, or write "\\{" for a brace of the text.',
    )
  const before = rest.slice(0, open)
  const after = rest.slice(close + 1).trim()
  if (/[{}]/.test(after))
    throw new Refused('This question has braces twice.', 'Write "\\{" and "\\}" for braces of the text.')
  const stem = textOf(after === '' ? before : `${before}${GAP}${after}`)
  const inner = rest.slice(open + 1, close)
  const general = inner.lastIndexOf('####')
  const explanation = general < 0 ? null : textOf(inner.slice(general + 4), stem.format)
  const answers = (general < 0 ? inner : inner.slice(0, general)).trim()
  return { title: titleOf(title), marks, stem, explanation, body: bodyOf(answers, stem.format) }
}

function titleOf(title: string | null | undefined): string | null {
  return title === null || title === undefined ? null : shown(title).trim() || null
}

function bodyOf(answers: string, format: TextFormat): GiftBody {
  if (answers === '') return { type: 'other', name: 'essay' }
  if (answers.startsWith('#')) return { type: 'other', name: 'numerical' }
  if (answers.includes('~')) return choice(answers, format)
  if (answers.includes('=') && answers.includes('->')) return matching(answers, format)
  const [word = '', ...feedback] = answers.split('#')
  const isTrue = /^(t|true)$/i.test(word.trim())
  if (!isTrue && !/^(f|false)$/i.test(word.trim())) return { type: 'other', name: 'short answer' }
  const [whenWrong, whenRight] = feedback.map((one) => textOf(one, format))
  return { type: 'true-false', isTrue, whenWrong: whenWrong ?? null, whenRight: whenRight ?? null }
}

function choice(answers: string, format: TextFormat): GiftBody {
  const isSingle = answers.includes('=')
  const parts = answers.replace(/=/g, '~=').split('~')
  const [first = '', ...others] = parts
  if (first.trim() !== '')
    throw new Refused(
      'An option has neither "=" nor "~".',
      'Write "=" before what is right, and "~" before the others.',
    )
  return {
    type: 'choice',
    isSingle,
    answers: others.filter((one) => one.trim() !== '').map((one) => answerOf(one.trim(), format)),
  }
}

/** Moodle knows no points after "=", but people write them where they are all. */
function answerOf(part: string, format: TextFormat): GiftAnswer {
  const isRight = part.startsWith('=')
  const own = isRight ? part.slice(1).trimStart() : part
  const [weight = '', percent = 0] = (isRight ? ALL_POINTS : WEIGHT).exec(own) ?? []
  const [text = '', ...feedback] = own.slice(weight.length).split('#')
  return {
    points: isRight ? 100 : Number(percent),
    text: textOf(text, format),
    feedback: feedback.length > 0 ? textOf(feedback.join('#'), format) : null,
  }
}

function matching(answers: string, format: TextFormat): GiftBody {
  const pairs = answers
    .split('=')
    .slice(1)
    .map((one) => {
      const at = one.indexOf('->')
      if (at < 0) throw new Refused('A pair has no "->".', 'Write each pair as "=left -> right".')
      return { left: textOf(one.slice(0, at), format), right: shown(one.slice(at + 2)).trim() }
    })
  return { type: 'matching', pairs }
}

/** Answers and feedback have the format of the question unless they name one. */
function textOf(text: string, format: TextFormat = 'moodle'): GiftText {
  const [tag = '', name] = FORMAT.exec(text) ?? []
  return {
    text: shown(text.slice(tag.length)).trim(),
    format: (name?.toLowerCase() as TextFormat | undefined) ?? format,
  }
}

/** Moodle and others write ids and tags in comments: [id:one] [tag:two]. */
function marksOf(comment: string): { readonly name: string; readonly value: string }[] {
  return [...comment.matchAll(/\[(id|tag):((?:\\.|[^\]\\])*)\]/gi)].map(([, name = '', value = '']) => ({
    name: name.toLowerCase(),
    value: value.replace(/\\(.)/g, '$1').trim(),
  }))
}

function hidden(text: string): string {
  return text.replace(/\\([\\:#={}~n])/g, (_all, character: string) =>
    character === 'n' ? LINE : String.fromCharCode(PRIVATE + ESCAPES.indexOf(character)),
  )
}

function shown(text: string): string {
  return text.replace(PRIVATE_CHARACTERS, (character) =>
    character === LINE ? '\n' : (ESCAPES[character.charCodeAt(0) - PRIVATE] ?? ''),
  )
}
