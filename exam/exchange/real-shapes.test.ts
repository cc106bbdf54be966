/** Shapes of files that programs and people write, beyond what each format says. The words are ours. */
import { expect, test } from 'vitest'
import { problemText } from '../../shared/files'
import { importForeign } from './import'
import { toPlain } from './markdown'

/** Imports a file as the command does: questions as a page shows them, with "*" before what is right. */
function imported(name: string, content: string | Uint8Array) {
  const { format, items, problems, lost, pictures } = importForeign(content, {
    name,
    objective: 'NET-05',
    taken: [],
  })
  const shown = (text: string) => toPlain(text).text
  return {
    format,
    items: items.map(({ stem, options }) => {
      const texts = options.map(({ text, right }) => `${right ? '*' : ''}${shown(text)}`)
      return `${shown(stem)} ${texts.join(' | ')}`
    }),
    categories: items.map(({ category }) => category),
    problems: problems.map(problemText),
    lost: lost.map(({ line, what }) => `${line} ${what}`),
    pictures: pictures.map(({ path }) => path),
  }
}

interface Shape {
  readonly what: string
  readonly name: string
  readonly file: string
  readonly items: readonly string[]
  readonly problems?: readonly RegExp[]
  readonly lost?: readonly string[]
}

const SHAPES: readonly Shape[] = [
  {
    what: 'a category right above its question',
    name: 'a.gift',
    file: '$CATEGORY: one\n::A:: Which?{=a ~b}\n\n// next\n$CATEGORY: two\n// of it\n::B:: Who?{=c ~d}\n',
    items: ['Which? *a | b', 'Who? *c | d'],
  },
  {
    what: 'questions without a blank line between them',
    name: 'a.gift',
    file: '::A:: Which?{\n=a\n~b\n}\n::B:: Who?{=c ~d}\n// of the third\n// [id:third]\n::C:: Where?{=e ~f}\n',
    items: ['Which? *a | b', 'Who? *c | d', 'Where? *e | f'],
  },
  {
    what: 'answers whose braces were forgotten',
    name: 'a.gift',
    file: '::A:: Which?\n=a\n~b\n\nWho?{=c ~d}\n',
    items: ['Who? *c | d'],
    problems: [/:1:1 This question has answers without braces/],
  },
  {
    what: 'options that are colours, and so are feedback',
    name: 'a.gift',
    file: '::A:: Which is red?{=#ff0000 ~#00ff00}\n',
    items: [],
    problems: [/:1:1 Option 1 has no text/],
  },
  {
    what: 'a question that is only a picture',
    name: 'a.gift',
    file: '[html]<img src="a.png">{=a ~b}\n',
    items: [],
    problems: [/:1:1 This question has no text without the picture a.png/],
  },
  {
    what: 'letters before the options',
    name: 'a.gift',
    file: 'Which?{=A) this ~B) that}\n\nWho?{=(a) \\# x ~(b) c}\n\nWhere?{=A) here ~there}\n',
    items: ['Which? *this | that', 'Who? *# x | c', 'Where? *A) here | there'],
    lost: ['1 the letters before its options', '3 the letters before its options'],
  },
]

test.each(SHAPES)('$name: $what', ({ name, file, items, problems = [], lost = [] }) => {
  const found = imported(name, file)
  expect(found.items).toEqual(items)
  expect(found.problems).toEqual(problems.map((one) => expect.stringMatching(one)))
  expect(found.lost).toEqual(lost)
})

test('a category counts for the questions right below it', () => {
  const { categories } = imported('a.gift', SHAPES[0]?.file ?? '')
  expect(categories).toEqual(['one', 'two'])
})
