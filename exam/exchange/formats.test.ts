import { expect, test } from 'vitest'
import { bankOf } from '../bank'
import { plainItem } from '../form/items.test-kit'
import { type Item, parseQuestions } from '../format'
import { draftsToYaml, FORMATS } from '.'
import { fromTags, kindOf, lineOf, tagsOf } from './draft'
import { toPlain } from './markdown'

const read = (format: string, content: string | Uint8Array) =>
  FORMATS[format]?.read(content, 'file') ?? expect.fail()
const write = (format: string, ...items: Item[]) => FORMATS[format]?.write(items) ?? expect.fail()

function item(part: Partial<Item> = {}): Item {
  const option = (text: string, right: boolean, why: string | null) => ({
    // No format carries the ids of options.
    id: text.length,
    text,
    right,
    why,
  })
  return plainItem('net-one', {
    domain: 'networking',
    objectives: ['NET-05'],
    difficulty: 'hard',
    stem: 'Which one?',
    options: [option('this', true, null), option('that', false, 'It is not.')],
    explanation: 'Because.',
    source: 'measured',
    versions: '>=23',
    enemies: ['net-two'],
    place: { file: 'networking/one.yaml', index: 0 },
    ...part,
  })
}

/** Texts that mean something to one of the formats. */
const AWKWARD = [
  '{a} = ~b #c :d: \\e',
  'A. not an option',
  'ANSWER: B',
  '<b>&amp;</b> ]]> "quoted", \'single\'',
  'one\ttab, and\r\na new line',
  '=1+1;"',
  '#not a comment',
  'grün 🐳 日本',
  '::title::',
  '%50%',
]

test.each(['gift', 'moodle-xml', 'csv', 'anki', 'qti', 'qti3'])(
  '%s: texts with marks of the formats come back',
  (format) => {
    const flat = (text: string) => toPlain(text).text.replace(/\s+/g, ' ').trim()
    for (const text of AWKWARD) {
      const options = [
        { id: 1, text: `${text} yes`, right: true, why: null },
        { id: 2, text: `${text} no`, right: false, why: `why ${text}` },
      ]
      const before = item({ stem: `stem ${text}`, explanation: `ends ${text}`, options })
      const { drafts, problems } = read(format, write(format, before).content)
      expect(problems).toEqual([])
      const [draft] = drafts
      expect(drafts).toHaveLength(1)
      expect(flat(draft?.stem ?? '')).toBe(flat(before.stem))
      expect(flat(draft?.explanation ?? '')).toBe(flat(before.explanation))
      expect(draft?.options.map((one) => flat(one.text))).toEqual(options.map((one) => flat(one.text)))
      expect(flat(draft?.options[1]?.why ?? '')).toBe(flat(`why ${text}`))
    }
  },
)

test.each(['gift', 'moodle-xml', 'csv', 'anki', 'qti', 'qti3'])(
  '%s keeps versions, enemies and source',
  (format) => {
    const [draft] = read(format, write(format, item()).content).drafts
    expect(draft).toMatchObject({
      versions: '>=23',
      enemies: ['net-two'],
      difficulty: 'hard',
      kind: 'choice',
    })
    expect(draft?.source).toBe('measured')
  },
)

test.each(['gift', 'moodle-xml', 'csv', 'anki', 'qti', 'qti3'])(
  '%s: several right options come back as a multiple',
  (format) => {
    const options = ['a', 'b', 'c'].map((text, id) => ({ id, text, right: id < 2, why: null }))
    const [draft] = read(format, write(format, item({ kind: 'multiple', options })).content).drafts
    expect(draft?.kind).toBe('multiple')
    expect(draft?.options.map(({ right }) => right)).toEqual([true, true, false])
  },
)

test.each(Object.keys(FORMATS))(
  '%s: an empty file says that nothing was found, and what was expected',
  (format) => {
    const { drafts, problems } = read(format, '')
    expect(drafts).toEqual([])
    expect(problems).toHaveLength(1)
    expect(problems.every(({ line, help }) => line >= 1 && help !== '')).toBe(true)
  },
)

test.each(Object.keys(FORMATS))('%s: no items make a file without questions', (format) => {
  const { content, lost } = write(format)
  expect(lost).toEqual([])
  expect(read(format, content).drafts).toEqual([])
})

test.each<[string, string, number, RegExp]>([
  ['aiken', 'ANSWER: A', 1, /answer without a question/],
  ['aiken', 'Which?\nA. only\nANSWER: A', 3, /two options or more/],
  ['aiken', 'fine?\nA. a\nB. b\nANSWER: A\n\nWhich?\nA. a', 6, /not complete/],
  ['aiken', 'Only words', 1, /not complete/],
  ['csv', 'stem,option1,right1\n,a,yes\n', 2, /no stem/],
  ['csv', 'stem,option1,right1\nWhich?,a,yes\n', 2, /fewer than two options/],
  ['csv', 'name,text\nx,y\n', 1, /names no column .*: name, text/],
  ['csv', 'stem,option1,right1\na,b,yes,d\n', 2, /more cells/],
  ['csv', 'stem,option1,option2\na,b,c\n', 1, /No column says which option is right/],
  [
    'moodle-xml',
    '<quiz><question type="essay"><name><text>x</text></name></question></quiz>',
    1,
    /type essay/,
  ],
  ['moodle-xml', '<quiz>\n\n<question type="cloze"/>\n</quiz>', 3, /type cloze/],
  ['moodle-xml', 'no xml at all', 1, /not XML/],
  ['gift', '::one:: Write about it. {}', 1, /type essay/],
  ['gift', 'Fine?{=a ~b}\n\n::two:: Which? {=a}', 3, /type short answer/],
  ['gift', 'How many? {#3}', 1, /type numerical/],
  ['anki', 'What?\tA\n', 1, /no options/],
  ['anki', '"open\tA\n', 1, /not notes/],
])('%s: %j is reported', (format, text, line, message) => {
  const { problems } = read(format, text)
  expect(problems[0]).toMatchObject({ file: 'file', message: expect.stringMatching(message) })
  expect(problems[0]?.line).toBe(line)
  expect(problems[0]?.help).not.toBe('')
})

test('aiken: one broken question does not hide the next', () => {
  const { drafts, problems } = read('aiken', 'No answer?\nA. a\nB. b\n\nWhich?\nA) a\nB) b\nANSWER: B')
  expect(problems).toHaveLength(1)
  expect(drafts.map(({ stem }) => stem)).toEqual(['Which?'])
  expect(drafts[0]?.options.map(({ right }) => right)).toEqual([false, true])
})

test('gift: a category is no question, and a text without a question is told', () => {
  const { drafts, problems } = read('gift', '$CATEGORY: docker\n\nJust a text to read.\n\nWhich?{=a ~b}')
  expect(problems).toEqual([expect.objectContaining({ line: 3, severity: 'warning' })])
  expect(drafts.map(({ stem }) => stem)).toEqual(['Which?'])
})

test('moodle-xml: HTML becomes text, and a category is no question', () => {
  const { drafts, problems } = read(
    'moodle-xml',
    `<quiz><question type="category"/><question type="multichoice">
      <name><text>one</text></name>
      <questiontext format="html"><text><![CDATA[<p>Run <code>ps</code></p><p>a &lt; b &amp;&amp; c</p>]]></text></questiontext>
      <answer fraction="100"><text>yes</text></answer><answer fraction="0"><text>no</text></answer>
    </question></quiz>`,
  )
  expect(problems).toEqual([])
  expect(drafts[0]?.stem).toBe('Run `ps`\n\na < b && c')
})

test('moodle-xml: markup that is escaped twice stays text', () => {
  const { drafts } = read('moodle-xml', moodle('&amp;lt;script&amp;gt;'))
  expect(toPlain(drafts[0]?.stem ?? '').text).toBe('&lt;script&gt;')
})

test('csv: columns may come in any order, with a byte order mark, and rights in several words', () => {
  const text = '\ufeffright2,option2,option1,stem,right1\nX,b,a,Which?,no\n'
  const [draft] = read('csv', text).drafts
  expect(draft?.options).toEqual([
    { text: 'a', right: false, why: null },
    { text: 'b', right: true, why: null },
  ])
})

test('aiken says of each item what it cannot hold', () => {
  const { lost } = write('aiken', item({ unprovable: 'No node has it.', proof: undefined }))
  expect(lost).toEqual([
    {
      id: 'net-one',
      parts: [
        'why it cannot be proven',
        'why its options are wrong',
        'its explanation',
        'its objectives, difficulty and source',
      ],
    },
  ])
})

test('words of tags are read back, and other words are the tags of the author', () => {
  const { objectives, difficulty, source, versions, enemies } = item({ enemies: ['net-two', 'net-three'] })
  expect(fromTags(['chapter-3', ...tagsOf(item({ enemies: ['net-two', 'net-three'] })), 'net-05'])).toEqual({
    objectives,
    difficulty,
    source,
    versions,
    enemies,
    tags: ['chapter-3', 'net-05'],
  })
  expect(fromTags(['difficulty=brutal'])).toMatchObject({ difficulty: null, objectives: [], tags: [] })
})

test('kinds and lines', () => {
  const option = (right: boolean) => ({ text: '', right, why: null })
  expect(kindOf([option(true), option(false)])).toBe('choice')
  expect(kindOf([option(true), option(true)])).toBe('multiple')
  expect(kindOf([])).toBe('choice')
  expect(['a\nb\nc'].map((text) => [0, 1, 2, 4].map((at) => lineOf(text, at)))).toEqual([[1, 1, 2, 3]])
})

const draft = {
  ...item(),
  prompts: [],
  kind: 'choice' as const,
  id: null as string | null,
  template: null,
  line: 1,
  lost: [],
}
const defaults = { objectives: ['NET-05'], source: 'a file', prefix: 'my-quiz', file: 'file' }

test('foreign names become ids that are valid and differ', () => {
  const names = ['First one', 'FIRST ONE!', '42', null, '日本', 'x'.repeat(80)]
  const { files } = draftsToYaml(
    names.map((id) => ({ ...draft, id })),
    defaults,
  )
  const { items, problems } = parseQuestions({ file: 'networking/x.yaml', text: files[0]?.text ?? '' })
  expect(problems).toEqual([])
  expect(items.map(({ id }) => id)).toEqual([
    'first-one',
    'first-one-2',
    'item-3',
    'my-quiz-4',
    'riben',
    'x'.repeat(50),
  ])
})

test('what a draft lacks is filled in, and a large file has no aliases', () => {
  const bare = {
    ...draft,
    objectives: [],
    difficulty: null,
    explanation: null,
    source: null,
    versions: null,
    enemies: [],
  }
  const { files } = draftsToYaml(
    Array.from({ length: 200 }, () => bare),
    defaults,
  )
  const yaml = files[0]?.text ?? ''
  expect(yaml).not.toMatch(/[&*]a\d/)
  const parsed = parseQuestions({ file: 'networking/x.yaml', text: yaml })
  expect(parsed.problems).toEqual([])
  expect(bankOf(parsed).items).toHaveLength(200)
  expect(parsed.items[0]).toMatchObject({
    objectives: ['NET-05'],
    difficulty: 'medium',
    explanation: 'No explanation was given.',
    source: 'a file',
  })
})

/** A question whose text is HTML. */
function moodle(html: string): string {
  const answer = (points: number, text: string) =>
    `<answer fraction="${points}"><text>${text}</text></answer>`
  return `<quiz><question type="multichoice"><questiontext format="html"><text><![CDATA[${html}]]></text></questiontext>
    ${answer(100, 'yes')}${answer(0, 'no')}</question></quiz>`
}
