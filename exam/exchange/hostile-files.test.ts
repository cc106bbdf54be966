/** Files that the readers once took wrongly, lost, or never came back from. */
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { problemText } from '../../shared/files'
import { parseQuestions } from '../format'
import { draftsToYaml, FORMATS } from '.'

interface Imported {
  /** Stem, kind, and options with "*" before the right ones. */
  readonly items: readonly string[]
  readonly problems: readonly string[]
}

/** Imports a file as the command does, and reads what was written. */
function importOf(format: string, text: string): Imported {
  const { drafts, problems } = FORMATS[format]?.read(text, 'in') ?? expect.fail()
  const written = draftsToYaml(drafts, { objectives: ['NET-05'], source: 'in', prefix: 'in', file: 'in' })
  const read = written.files.map((file) => ({
    ...file,
    ...parseQuestions({ file: 'x/in.yaml', text: file.text }),
  }))
  expect(read.flatMap((file) => file.problems)).toEqual([])
  expect(read.map((file) => file.items.length)).toEqual(written.files.map((file) => file.items))
  const items = read
    .flatMap((file) => file.items)
    .map(
      ({ stem, kind, options }) =>
        `${stem} ${kind}: ${options.map(({ text, right }) => `${right ? '*' : ''}${text}`).join(' | ')}`,
    )
  const lost = written.lost.map(({ file, line, what }) => `${file}:${line}:1 Not carried over: ${what}`)
  return { items, problems: [...lost, ...[...problems, ...written.problems].map(problemText)] }
}

const GOOD = 'Good? choice: *a | b'
const xml = (...questions: string[]) => `<?xml version="1.0"?>\n<quiz>\n${questions.join('\n')}\n</quiz>\n`
const question = (inner: string, type = 'multichoice') => `<question type="${type}">${inner}</question>`
const text = (name: string, value: string, attributes = '') =>
  `<${name} ${attributes}><text>${value}</text></${name}>`
const answer = (value: string, fraction: string | number) => text('answer', value, `fraction="${fraction}"`)
const GOOD_XML = question(text('questiontext', 'Good?') + answer('a', 100) + answer('b', 0))

test.each<[string, string, string, string[], RegExp[]]>([
  [
    'gift',
    'part credit',
    'Which?{=a ~%50%b ~c}',
    ['Which? choice: *a | b | c'],
    [/^in:1:1 Not carried over: options with a part of the points \(50 %\)/],
  ],
  [
    'gift',
    'no right answer',
    '\nGood?{=a ~b}\n\nWhich?{~a ~b}',
    [GOOD],
    [/^in:4:1 No option gives all points/],
  ],
  [
    'gift',
    'points that do not tell one key',
    'Which?{~%100%a ~%100%b ~c}',
    [],
    [/^in:1:1 .*200 % of the points/],
  ],
  ['gift', 'two full answers', 'Which?{=a =b ~c}', [], [/^in:1:1 Each of 2 options alone/]],
  [
    'gift',
    'one broken question among others',
    'Good?{=a ~b}\n\n::x:: broken {=a ~b\n\nGood?{=a ~b}\n',
    [GOOD, GOOD],
    [/^in:[34]:1 This is not GIFT/],
  ],
  [
    'gift',
    'a brace that is never closed, at the end',
    'Good?{=a ~b}\n\nbroken {=a ~b\n\nwords',
    [GOOD],
    [/^in:[34]:1 This is not GIFT/, /^in:5:1 A text without a question/],
  ],
  ['gift', 'a byte order mark', '\ufeffGood?{=a ~b}', [GOOD], []],
  ['gift', 'lines that end with CR only', '// one\r\rGood?{\r=a\r~b\r}\r', [GOOD], []],
  ['gift', 'a blank line inside of braces', 'Good?{\n=a\n\n~b\n}', [GOOD], []],
  [
    'gift',
    'no questions at all',
    'only words '.repeat(30_000),
    [],
    [/^in:1:1 (No question was found|This question is too long)/],
  ],
  ['gift', 'a NUL', 'Which\0?{=a ~b}\n\nGood?{=a ~b}', [GOOD], [/^in:1:1 .*cannot be shown \(U\+0000\)/]],
  ['gift', 'half a character', 'Good?{=a ~b}\n\nWhich?{=a\ud800 ~b}', [GOOD], [/^in:3:1 .*U\+D800/]],
  [
    'moodle-xml',
    'deeply nested tags',
    xml(question('<a>'.repeat(20_000)), GOOD_XML),
    [GOOD],
    [/^in:3:1 Tags are nested too deeply/],
  ],
  [
    'moodle-xml',
    'two million tags in one line',
    `<quiz>${'<a>'.repeat(2_000_000)}`,
    [],
    [/^in:1:1 The file ends before/],
  ],
  [
    'moodle-xml',
    'a tag called __proto__',
    xml(GOOD_XML, question('<__proto__><x/></__proto__>')),
    [GOOD],
    [/^in:4:1 There is no tag <__proto__>/],
  ],
  [
    'moodle-xml',
    'part credit',
    xml(
      question(
        `${text('questiontext', 'Which?')}<single>true</single>${answer('a', 100)}${answer('b', 50)}${answer('c', 0)}`,
      ),
    ),
    ['Which? choice: *a | b | c'],
    [/^in:3:1 Not carried over: options with a part of the points \(50 %\)/],
  ],
  [
    'moodle-xml',
    'several answers of a question with one',
    xml(
      question(
        `${text('questiontext', 'Which?')}<single>true</single>${answer('a', 50)}${answer('b', 50)}${answer('c', 0)}`,
      ),
    ),
    [],
    [/^in:3:1 No option gives all points/],
  ],
  [
    'moodle-xml',
    'several answers',
    xml(
      question(
        `${text('questiontext', 'Which?')}<single>false</single>${answer('a', 50)}${answer('b', 50)}${answer('c', -100)}`,
      ),
    ),
    ['Which? multiple: *a | *b | c'],
    [],
  ],
  [
    'moodle-xml',
    'a single that is neither',
    xml(
      question(`${text('questiontext', 'Which?')}<single>maybe</single>${answer('a', 100)}${answer('b', 0)}`),
    ),
    [],
    [/^in:3:1 <single> is "maybe"/],
  ],
  ...['NaN', '1e999', 'abc', '', '101'].map((points): [string, string, string, string[], RegExp[]] => [
    'moodle-xml',
    `points of ${JSON.stringify(points)}`,
    xml(question(text('questiontext', 'Which?') + answer('a', 100) + answer('b', points)), GOOD_XML),
    [GOOD],
    [/^in:3:1 The points of an option are/],
  ]),
  [
    'moodle-xml',
    'no text and empty answers',
    xml(question(answer('', 100) + answer('', 0)), GOOD_XML),
    [GOOD],
    [/^in:3:1 This question has no text/],
  ],
  [
    'moodle-xml',
    'a question without a type',
    xml('<question>words</question>', GOOD_XML),
    [GOOD],
    [/^in:3:1 This question has no type/],
  ],
  ['moodle-xml', 'a quiz of words', '<quiz>words</quiz>', [], [/^in:1:1 No question was found/]],
  [
    'moodle-xml',
    'two names',
    xml(
      question(
        text('name', 'a') +
          text('name', 'b') +
          text('questiontext', 'Which?') +
          answer('a', 100) +
          answer('b', 0),
      ),
    ),
    [],
    [/^in:3:1 <name> is here twice/],
  ],
  [
    'moodle-xml',
    'two texts in an answer',
    xml(
      question(
        `${text('questiontext', 'Which?')}<answer fraction="100"><text>a</text><text>b</text></answer>${answer('c', 0)}`,
      ),
    ),
    [],
    [/^in:3:1 <text> is here twice/],
  ],
  [
    'moodle-xml',
    'a text of two CDATA sections',
    xml(
      question(
        text('questiontext', '<![CDATA[[[ -f x ]]]]><![CDATA[>y]]>') + answer('a', 100) + answer('b', 0),
      ),
    ),
    ['\\[\\[ -f x ]]>y choice: *a | b'],
    [],
  ],
  [
    'moodle-xml',
    'a text with tags of its own',
    xml(question(text('questiontext', '<p>Which?</p>') + answer('a', 100) + answer('b', 0))),
    [],
    [/^in:3:1 A text holds tags/],
  ],
  [
    'moodle-xml',
    'an attribute of 2 MB',
    xml(`<question type="${'x'.repeat(1_900_000)}"/>`, GOOD_XML),
    [GOOD],
    [/^in:3:1 /],
  ],
  [
    'moodle-xml',
    'a question that is never closed',
    xml('<question type="multichoice"><name>', GOOD_XML),
    [GOOD],
    [/^in:\d:1 This is not XML/],
  ],
  [
    'moodle-xml',
    'a file that was cut off',
    `<quiz>\n${GOOD_XML}\n<question type="multi`,
    [GOOD],
    [/^in:3:1 This is not XML/, /ends before <\/quiz>/],
  ],
  [
    'aiken',
    'a letter twice',
    'Which?\nA. a\nA. b\nANSWER: A\n\nGood?\nA. a\nB. b\nANSWER: A',
    [GOOD],
    [/^in:4:1 Two options have the letter A/],
  ],
  ['aiken', 'words in lower case', 'Good?\na) a\nb) b\nanswer: a', [GOOD], []],
  [
    'aiken',
    'an answer of two letters, and the question after it',
    'Which?\nA. a\nB. b\nC. c\nANSWER: A, B\n\nGood?\nA. a\nB. b\nANSWER: A',
    ['Which? multiple: *a | *b | c', GOOD],
    [],
  ],
  [
    'aiken',
    'an answer that is no letter, and the question after it',
    'Which?\nA. a\nB. b\nANSWER: 1\n\nGood?\nA. a\nB. b\nANSWER: A',
    [GOOD],
    [/^in:4:1 The answer is not a letter/],
  ],
  ['aiken', 'an answer with its text', 'Good?\nA. a\nB. b\nANSWER: A. a', [GOOD], []],
  ['aiken', 'lines that end with CR only', 'Good?\rA. a\rB. b\rANSWER: A\r', [GOOD], []],
  [
    'aiken',
    'a stem that is too long',
    `${'x'.repeat(40_000)}\nA. a\nB. b\nANSWER: A`,
    [],
    [/^in:1:1 A text of this question is longer/],
  ],
  [
    'csv',
    'a column twice',
    'stem,option1,right1,right1,option2\nWhich?,a,yes,no,b\n',
    [],
    [/^in:1:1 The column "right1" is here twice/],
  ],
  [
    'csv',
    'a cell too many in one line',
    'stem,option1,right1,option2\nGood?,a,yes,b\nWhich?,a,yes,b,c,d\nGood?,a,yes,b\n',
    [GOOD, GOOD],
    [/^in:3:1 This line has more cells/],
  ],
  ['csv', 'semicolons', 'stem;option1;right1;option2\nGood?;a;yes;b\n', [GOOD], []],
  ['csv', 'capital columns', 'Stem,Option1,Right1,Option2\nGood?,a,TRUE,b\n', [GOOD], []],
  [
    'csv',
    'a right that is neither',
    'stem,option1,right1,option2,right2\nWhich?,a,yes,b,wahr\nWhich?,a,-1,b,\n',
    [],
    [/^in:2:1 right2 is "wahr"/, /^in:3:1 right1 is "-1"/],
  ],
  [
    'csv',
    'an eleventh option',
    `stem,${Array.from({ length: 11 }, (_one, index) => `option${index + 1},right${index + 1}`).join()}\nWhich?,${'x,no,'.repeat(10)}k,yes\n`,
    [],
    [/^in:2:1 This line has more than 10 options/],
  ],
  [
    'csv',
    'a kind that contradicts the key',
    'stem,kind,option1,right1,option2,right2,option3\nWhich?,choice,a,yes,b,yes,c\n',
    ['Which? multiple: *a | *b | c'],
    [/^in:2:1 2 options of a choice are right/],
  ],
  [
    'csv',
    'unknown columns, and values that mean nothing',
    'stem,option1,right1,option2,hint,difficulty,objectives\nGood?,a,yes,b,h,brutal,NET-5\n',
    [GOOD],
    [/^in:1:1 .*not read: hint/, /no objectives: NET-5/, /difficulty/],
  ],
  [
    'csv',
    'formulas stay as they are',
    'stem,option1,right1,option2\n=1+1,-v,yes,@x\n',
    ['\\=1+1 choice: *-v | @x'],
    [],
  ],
  [
    'csv',
    'a NUL and half a character',
    'stem,option1,right1,option2\nWhich\0?,a,yes,b\nGood?,a,yes,b\nWhich?,a\udc00,yes,b\n',
    [GOOD],
    [/^in:2:1 .*U\+0000/, /^in:4:1 .*U\+FFFD/],
  ],
  [
    'csv',
    'a quote that is never closed',
    'stem,option1,right1,option2\nGood?,a,yes,b\n"Which?,a,yes,b\n',
    [GOOD],
    [/^in:\d:1 This is not CSV: Quote Not Closed/],
  ],
  [
    'anki',
    'a letter that is not there',
    'Which?\tA\n"Which?\n\nA) a\nB) b"\tC\n',
    [],
    [/^in:1:1 This note has no options/, /^in:\d:1 There is no option C/],
  ],
  [
    'anki',
    'a back that is a word',
    '"What?\n\nA) a\nB) b"\tDocker Engine does\n"Good?\n\nA) a\nB) b"\tA\n',
    [GOOD],
    [/no options to choose from/],
  ],
  [
    'anki',
    'a quote in the middle of a note',
    'a "b" c\tA\n"Good?\n\nA) a\nB) b"\tA\n',
    [GOOD],
    [/^in:1:1 (These are not notes|This note has no options)/],
  ],
  [
    'anki',
    'another separator',
    '#separator:Semicolon\n#html:false\n"Good?\n\nA) a\nB) b";"A\n\nBecause."\n',
    [GOOD],
    [],
  ],
  [
    'anki',
    'a second line of an option',
    '"Which?\n\nA) a\nmore of a\nB) b"\tA\n',
    ['Which? choice: *a\nmore of a | b'],
    [],
  ],
  ['anki', 'a letter twice', '"Which?\n\nA) a\nA) b"\tA\n', [], [/same letter/]],
])('%s: %s', (format, _what, file, items, problems) => {
  const found = importOf(format, file)
  expect(found.items).toEqual(items)
  expect(found.problems).toEqual(problems.map((problem) => expect.stringMatching(problem)))
})

test.each([
  ['<', 1_000_000],
  ['<a', 500_000],
  ['<br ', 300_000],
  ['&', 500_000],
  ['<!--', 300_000],
])('moodle-xml: a flood of "%s" in an HTML text ends, and the next question is read', (piece, count) => {
  const flood = question(
    `${text('questiontext', `<![CDATA[${piece.repeat(count)}]]>`, 'format="html"')}${answer('a', 100)}${answer('b', 0)}`,
  )
  const { items, problems } = importOf('moodle-xml', xml(flood, GOOD_XML))
  expect(items.at(-1)).toBe(GOOD)
  expect(items.length + problems.length).toBe(2)
})

test('a file of more than fifty questions is read back whole, and a very large one is divided', {
  timeout: 60_000,
}, () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_one, index) => `Which ${index}?{=a ~b}`).join('\n\n')
  expect(importOf('gift', many(51)).items).toHaveLength(51)
  const { drafts } = FORMATS.gift?.read(many(1_200), 'in') ?? expect.fail()
  const { files } = draftsToYaml(drafts, { objectives: ['NET-05'], source: 'in', prefix: 'in', file: 'in' })
  expect(files.map(({ items }) => items)).toEqual([500, 500, 200])
})

test('there is a limit on questions, on problems and on the file', { timeout: 60_000 }, () => {
  const rows = (count: number, row: string) => `stem,option1,right1,option2\n${`${row}\n`.repeat(count)}`
  const { drafts, problems } = FORMATS.csv?.read(rows(10_001, 'Good?,a,yes,b'), 'in') ?? expect.fail()
  expect(drafts).toHaveLength(10_000)
  expect(problems.map(problemText)).toEqual([
    expect.stringMatching(/^in:10002:1 Only the first 10000 questions/),
  ])
  expect(FORMATS.csv?.read(rows(2_000, 'Bad?,a'), 'in').problems).toHaveLength(1_001)
  const huge = FORMATS.aiken?.read('x'.repeat(20 * 1024 * 1024 + 1), 'in') ?? expect.fail()
  expect(huge.problems.map(problemText)).toEqual([expect.stringMatching(/^in:1:1 This file is larger/)])
})

/** A zip file of one file, which says that it is as long as it is packed. */
function lyingZip(bytes: Uint8Array): Uint8Array {
  const zip = zipSync({ 'a.xml': bytes })
  const view = new DataView(zip.buffer, zip.byteOffset)
  const central = zip.findLastIndex(
    (_byte, at) => at + 4 < zip.length && view.getUint32(at, true) === 0x02014b50,
  )
  view.setUint32(22, zip.length, true)
  view.setUint32(central + 24, zip.length, true)
  return zip
}

test.each([
  ['says how large it is', zipSync({ 'a.xml': new Uint8Array(200_000_000) })],
  ['lies about its size', lyingZip(new Uint8Array(200_000_000))],
])('a package of zeros that %s is refused before it is unpacked', { timeout: 60_000 }, (_what, zip) => {
  const { problems } = FORMATS.qti?.read(zip, 'in') ?? expect.fail()
  expect(problems.map(problemText)).toEqual([expect.stringMatching(/^in:1:1 This package is too large/)])
})

test('bytes that only begin like a zip file are told', () => {
  const bytes = Uint8Array.from([0x50, 0x4b, 0x03, 0x04, ...Array(400).fill(7)])
  const { problems } = FORMATS.qti?.read(bytes, 'in') ?? expect.fail()
  expect(problems).toHaveLength(1)
})
