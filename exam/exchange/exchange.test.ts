import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { representatives } from '../bank'
import { type Item, isOfExam, parseQuestions } from '../format'
import { draftsToYaml, FORMATS } from '.'
import { stemWithExhibits } from './exhibits'
import { toHtml } from './markdown'

const folder = fileURLToPath(new URL('../../questions', import.meta.url))
/** The other types of items have a test of their own. */
const bank: Item[] = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.yaml') && entry.parentPath !== folder)
  .flatMap((entry) => {
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    return representatives(parseQuestions({ file: `x/${entry.name}`, text })).filter(isOfExam)
  })

type Texts = Pick<Item, 'objectives' | 'kind' | 'difficulty' | 'stem' | 'explanation'> & {
  readonly exhibits?: Item['exhibits']
  options: readonly { text: string; right: boolean; why: string | null }[]
}

/** The parts of an item that the richer formats keep. */
function essence(
  { objectives, kind, difficulty, stem, exhibits = [], explanation, options }: Texts,
  flat: (text: string) => string,
) {
  return {
    objectives: [...objectives],
    kind,
    difficulty,
    stem: flat(stemWithExhibits({ stem, exhibits })),
    exhibits: exhibits.map(({ kind: what, title }) => [what, title]),
    explanation: flat(explanation),
    options: options.map(({ text, right, why }) => ({ text: flat(text), right, why: why && flat(why) })),
  }
}

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim()
/** The text as a page shows it: other marks of Markdown may say the same. */
const shown = (text: string) => spaced(toHtml(text).replace(/<\/?p>/g, ' '))

function expectSame(one: Texts, other: Texts): void {
  if (isDeepStrictEqual(essence(one, spaced), essence(other, spaced))) return
  expect(essence(one, shown)).toEqual(essence(other, shown))
}

test.each(['gift', 'moodle-xml', 'csv', 'anki', 'qti', 'qti3'])(
  '%s: the whole bank comes back as it went',
  (name) => {
    const format = FORMATS[name]
    const { content } = format?.write(bank) ?? expect.fail()
    const { drafts, problems } = format?.read(content, 'bank') ?? { drafts: [], problems: [] }
    expect(problems).toEqual([])
    expect(drafts).toHaveLength(bank.length)
    drafts.forEach((draft, index) => {
      const item = bank[index] as Item
      expect(draft.id).toBe(item.id)
      expectSame(
        { ...draft, difficulty: draft.difficulty ?? 'easy', explanation: draft.explanation ?? '' },
        item,
      )
    })
  },
)

/** The blocks of code in a text. */
const codeOf = (markdown: string) =>
  [...markdown.matchAll(/^```.*\n([\s\S]*?)\n?```$/gm)].map(([, code]) => code)

test('anki: a note is one line, and its code keeps lines and tabs, also when Anki leaves out the headers', () => {
  const { content } = FORMATS.anki?.write(bank) ?? expect.fail()
  const notes = String(content)
    .trimEnd()
    .replace(/^#.*\n/gm, '')
  const { drafts, problems } = FORMATS.anki?.read(notes, 'bank') ?? { drafts: [], problems: [] }
  expect(problems).toEqual([])
  expect(notes.split('\n')).toHaveLength(bank.length)
  const code = ({ stem, exhibits = [] }: Pick<Texts, 'stem' | 'exhibits'>) =>
    codeOf(stemWithExhibits({ stem, exhibits }))
  expect(drafts.map(code)).toEqual(bank.map(code))
})

test('aiken: single choices come back with their key, and what is lost is reported', () => {
  const { content, lost } = FORMATS.aiken?.write(bank) ?? expect.fail()
  const { drafts, problems } = FORMATS.aiken?.read(content, 'bank') ?? { drafts: [], problems: [] }
  const single = bank.filter(({ kind }) => kind === 'choice')
  expect(problems).toEqual([])
  expect(drafts.map(({ options }) => options.findIndex(({ right }) => right))).toEqual(
    single.map(({ options }) => options.findIndex(({ right }) => right)),
  )
  expect(lost.some(({ parts }) => parts.join().includes('several options are right'))).toBe(true)
})

test('parts that no format can hold are reported by name', () => {
  const proven = bank.find(({ proof }) => proof !== undefined) as Item
  for (const { write } of Object.values(FORMATS))
    expect(write([proven]).lost).toContainEqual({
      id: proven.id,
      parts: expect.arrayContaining(['its proof']),
    })
})

test('a foreign file becomes a file of our own that is read without problems', () => {
  const gift = '::A first one::Which?{=this#good ~that#bad}\n\nMany?{~%50%a ~%50%b ~%-100%c}\n'
  const { drafts } = FORMATS.gift?.read(gift, 'bank.gift') ?? { drafts: [] }
  const defaults = { objectives: ['NET-05'], source: 'bank.gift', prefix: 'imported', file: 'bank.gift' }
  const written = draftsToYaml(drafts, defaults)
  const text = written.files[0]?.text ?? ''
  const { items, problems } = parseQuestions({ file: 'networking/imported.yaml', text })
  expect([...written.problems, ...problems]).toEqual([])
  expect(items.map(({ id, kind }) => [id, kind])).toEqual([
    ['a-first-one', 'choice'],
    ['imported-2', 'multiple'],
  ])
})

test.each([
  ['gift', 'fine{=a ~b}\n\n::broken::stem{ =a ~b', 3, 'not GIFT'],
  ['moodle-xml', '<quiz>\n<question type="multichoice">\n</quiz>', 3, 'not XML'],
  [
    'moodle-xml',
    '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<quiz/>',
    2,
    'entities of its own',
  ],
  ['moodle-xml', '<html/>', 1, 'not a Moodle quiz'],
  ['aiken', 'Which?\nA. a\nB. b\nANSWER: C', 4, 'no option C'],
  ['aiken', 'Which?\nA. a\nB. b\n\nNext?\nA. a\nB. b\nANSWER: A', 1, 'no ANSWER line'],
  ['csv', 'stem,option1,right1,option2\nWhich?,a,no,b\n', 2, 'No option of this line is right'],
  ['csv', 'stem,option1\n"Which?,a\n', 2, 'not CSV'],
  ['anki', '#separator:tab\njust a card\twith a back\n', 2, 'no options'],
])('%s: a broken file is reported with its line (%#)', (name, text, line, message) => {
  const { problems } = FORMATS[name]?.read(text, 'file') ?? { problems: [] }
  expect(problems[0]).toMatchObject({ file: 'file', message: expect.stringContaining(message) })
  expect(problems[0]?.line).toBe(line)
})
