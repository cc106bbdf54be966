/** Matchings and orderings in the formats that have them: what is read, what comes back, and what is told as lost. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Item, parseQuestions } from '../format'
import { FORMATS } from './formats'
import { importForeign } from './import'
import { toPlain } from './markdown'
import { pairsOf } from './parts'

const common = (id: string, kind: string) => `- id: ${id}
  objectives: [NET-05]
  kind: ${kind}
  difficulty: easy
  stem: "Which {one} = ~this: \`a -> b\`?"
`
const rest = `  explanation: Because of #this.
  source: measured
`
/** Texts that mean something to one of the formats. */
const MATCHING = `${common('net-mat', 'matching')}  pairs:
    - { left: "a {brace} = ~tilde", right: "1 < 2 & 3", why: First. }
    - { left: "**bold** and \`code\`", right: "x -> y = #hash" }
    - { left: "- a list\\n- of two", right: "1 < 2 & 3" }
  extras: ["nothing: at all", "]]>"]
${rest}`
const ORDERING = `${common('net-ord', 'ordering')}  sequence:
    - { text: "\`docker build -t a .\`", why: It is first. }
    - "a & b < c"
    - "- a list\\n- of two"
    - "]]> {x}"
${rest}`
const COMMAND = `${common('net-cmd', 'command')}  command:
    checks: [{ name: x }]
    solution: a
    mistakes: [{ run: b, why: c }]
${rest}`
const ITEMS = parseQuestions({ file: 'networking/one.yaml', text: MATCHING + ORDERING + COMMAND }).items
const [matching, ordering, command] = ITEMS as [Item, Item, Item]

const options = { name: 'file', objective: 'NET-05', taken: [] }
const back = (format: string, items: readonly Item[]) => {
  const { content, lost } = FORMATS[format]?.write(items) ?? expect.fail()
  return { ...importForeign(content, { ...options, format }), told: lost }
}
/** A text as a page shows it: a format may escape more than it must. */
const shown = (text: string) => toPlain(text).text
const texts = (item: Item | undefined) => item?.options.map(({ text, right }) => [shown(text), right])
/** The prompts with the places of their options. */
const prompts = (item: Item | undefined) =>
  item?.prompts.map(({ text, option }) => [shown(text), item.options.findIndex(({ id }) => id === option)])
const essence = (item: Item | undefined) =>
  item && [item.kind, item.id, shown(item.stem), texts(item), prompts(item)]

test.each(['moodle-xml', 'qti', 'qti3'])('%s carries an ordering there and back', (format) => {
  const { items, problems } = back(format, [ordering])
  expect(problems).toEqual([])
  expect(essence(items[0])).toEqual(essence(ordering))
})

test.each(['moodle-xml', 'gift', 'qti', 'qti3'])('%s carries a matching there and back', (format) => {
  const { items, problems } = back(format, [matching])
  expect(problems).toEqual([])
  expect(essence(items[0])).toEqual(essence(matching))
})

test.each([
  ['aiken', ['net-mat', 'net-ord', 'net-cmd']],
  ['csv', ['net-mat', 'net-ord', 'net-cmd']],
  ['anki', ['net-mat', 'net-ord', 'net-cmd']],
  ['gift', ['net-ord', 'net-cmd']],
  ['moodle-xml', ['net-cmd']],
  ['qti', ['net-cmd']],
  ['qti3', ['net-cmd']],
])('%s tells whole the items of types that it does not have: %j', (format, ids) => {
  const { lost } = FORMATS[format]?.write(ITEMS) ?? expect.fail()
  const whole = lost.filter(({ parts }) => parts.some((part) => part.startsWith('the whole item')))
  expect(whole.map(({ id }) => id)).toEqual(ids)
})

test('the reasons of parts, and the code of right sides, are told as lost', () => {
  const lost = (format: string, item: Item) =>
    FORMATS[format]?.write([item]).lost.flatMap(({ parts }) => parts)
  expect(lost('moodle-xml', ordering)).toEqual(['the reasons of its parts'])
  expect(lost('qti', matching)).toEqual(['the reasons of its parts'])
  const code = { ...matching, options: matching.options.map((one) => ({ ...one, text: `\`${one.text}\`` })) }
  expect(lost('gift', code)).toEqual(['the reasons of its parts', 'its markup, such as code'])
})

test('GIFT cannot write an arrow in a left side, and says so', () => {
  const arrow = { ...matching, prompts: matching.prompts.map((one) => ({ ...one, text: 'a -> b' })) }
  expect(FORMATS.gift?.write([arrow, matching]).lost[0]).toEqual({
    id: 'net-mat',
    parts: ['the whole item, because a left side has "->"'],
  })
  expect(command.kind).toBe('command')
})

const REAL = fileURLToPath(new URL('../../questions', import.meta.url))

test.each(['moodle-xml', 'qti', 'qti3'])('%s carries the matchings and orderings of our bank', (format) => {
  const files = readdirSync(REAL, { recursive: true, encoding: 'utf8' })
  const own = files
    .filter((file) => file.endsWith('match-and-order.yaml'))
    .flatMap((file) => parseQuestions({ file, text: readFileSync(join(REAL, file), 'utf8') }).items)
  expect(own.length).toBeGreaterThanOrEqual(8)
  const { items, problems } = back(format, own)
  expect(problems).toEqual([])
  expect(items.map(essence)).toEqual(own.map(essence))
})

const MOODLE = `<quiz>
<question type="matching">
  <name><text>Ports</text></name>
  <questiontext format="html"><text><![CDATA[<p>Match.</p>]]></text></questiontext>
  <shuffleanswers>true</shuffleanswers>
  <subquestion format="html"><text><![CDATA[<p>web</p>]]></text><answer><text>80</text></answer></subquestion>
  <subquestion format="html"><text>ssh</text><answer><text>22</text></answer></subquestion>
  <subquestion format="html"><text>proxy</text><answer><text>80</text></answer></subquestion>
  <subquestion format="html"><text></text><answer><text>443</text></answer></subquestion>
</question>
<question type="ordering">
  <name><text>Steps</text></name>
  <questiontext format="html"><text>Order.</text></questiontext>
  <layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ABSOLUTE_POSITION</gradingtype>
  <answer fraction="2.0000000" format="html"><text>tag</text></answer>
  <answer fraction="1.0000000" format="html"><text>build</text></answer>
  <answer fraction="3.0000000" format="html"><text>push</text></answer>
</question>
<question type="ordering">
  <name><text>Equal points</text></name>
  <questiontext format="html"><text>Order.</text></questiontext>
  <answer fraction="1" format="html"><text>one</text></answer>
  <answer fraction="1" format="html"><text>two</text></answer>
  <answer fraction="1" format="html"><text>three</text></answer>
</question>
<question type="matching">
  <name><text>Two</text></name>
  <questiontext format="html"><text>Match.</text></questiontext>
  <subquestion format="html"><text>a</text><answer><text>1</text></answer></subquestion>
  <subquestion format="html"><text>b</text><answer><text>2</text></answer></subquestion>
</question>
</quiz>`

test('what Moodle writes is read, and a matching of two pairs is refused by its line', () => {
  const { items, problems } = importForeign(MOODLE, options)
  expect(items.map((item) => pairsOf(item))[0]).toEqual({
    pairs: [
      { left: 'web', right: '80' },
      { left: 'ssh', right: '22' },
      { left: 'proxy', right: '80' },
    ],
    extras: ['443'],
  })
  expect(items.slice(1).map(texts)).toEqual([
    [
      ['build', true],
      ['tag', true],
      ['push', true],
    ],
    [
      ['one', true],
      ['two', true],
      ['three', true],
    ],
  ])
  expect(problems).toMatchObject([{ line: 26, message: expect.stringMatching(/at least 3 are needed/) }])
})

const qti = (interaction: string, values: readonly string[], type: string) =>
  `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="one" title="one" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" ${type}><correctResponse>${values.map((value) => `<value>${value}</value>`).join('')}</correctResponse></responseDeclaration>
<itemBody><p>Do it.</p>${interaction}</itemBody></assessmentItem>`
const ORDER = `<orderInteraction responseIdentifier="RESPONSE" shuffle="true">${['A', 'B', 'C'].map((id) => `<simpleChoice identifier="${id}">entry ${id}</simpleChoice>`).join('')}</orderInteraction>`
const set = (...ids: string[]) =>
  `<simpleMatchSet>${ids.map((id) => `<simpleAssociableChoice identifier="${id}" matchMax="1">text ${id}</simpleAssociableChoice>`).join('')}</simpleMatchSet>`
const MATCH = `<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="3">${set('L1', 'L2', 'L3')}${set('R1', 'R2')}</matchInteraction>`

test('an order and a match of QTI are read by their correct responses', () => {
  const ordered = qti(ORDER, ['C', 'A', 'B'], 'cardinality="ordered" baseType="identifier"')
  expect(texts(importForeign(ordered, options).items[0])?.map(([text]) => text)).toEqual([
    'entry C',
    'entry A',
    'entry B',
  ])
  const matched = qti(MATCH, ['L1 R2', 'R1 L2', 'L3 R2'], 'cardinality="multiple" baseType="directedPair"')
  expect(
    importForeign(matched, options).items.map((item) => pairsOf(item).pairs.map(({ right }) => right)),
  ).toEqual([['text R2', 'text R1', 'text R2']])
})

test.each([
  ['an entry without a place', qti(ORDER, ['A', 'B'], 'cardinality="ordered"'), /place of each entry/],
  ['an entry twice', qti(ORDER, ['A', 'B', 'B'], 'cardinality="ordered"'), /place of each entry/],
  ['a prompt without a partner', qti(MATCH, ['L1 R1', 'L2 R2'], 'cardinality="multiple"'), /no partner/],
  [
    'a prompt with two partners',
    qti(MATCH, ['L1 R1', 'L1 R2', 'L2 R2', 'L3 R1'], 'cardinality="multiple"'),
    /no partner, or several/,
  ],
  ['two interactions', qti(ORDER + MATCH, ['A'], 'cardinality="ordered"'), /several interactions/],
])('QTI with %s is refused', (_what, text, message) => {
  const { items, problems } = importForeign(text, options)
  expect(items).toEqual([])
  expect(problems[0]?.message).toMatch(message)
})

test('GIFT with pairs is read, and a pair without a left side belongs to nothing', () => {
  const gift = '::Ports::Match. {\n=web -> 80\n=ssh -> 22\n=proxy -> 80\n= -> 443\n####Because.\n}'
  const { items, problems } = importForeign(gift, options)
  expect(problems).toEqual([])
  expect(items[0]).toMatchObject({ kind: 'matching', explanation: 'Because.' })
  expect(items.map((item) => pairsOf(item).extras)).toEqual([['443']])
})
