/** Pictures go out with their questions, and come back with them. */
import { expect, test } from 'vitest'
import { type Item, parseQuestions } from '../format'
import { FORMATS } from './formats'
import { importForeign } from './import'
import { type PicturesOf, picturesIn } from './pictures'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const GIF = new Uint8Array([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 9, 8])

const TEXT = `
- id: net-drawing
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: "Which port is open in ![the drawing](pictures/net.png)?"
  options:
    - { text: "80", right: true, why: "See ![the arrow](pictures/arrow.gif)." }
    - { text: "81" }
  explanation: "The arrow leads to 80: ![the arrow](pictures/arrow.gif)"
  source: docs.docker.com
- id: net-other
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: "Which one is this? ![another](pictures/net.png)"
  options: [{ text: a, right: true }, { text: b }]
  explanation: It is a.
  source: docs.docker.com
`
const { items } = parseQuestions({ file: 'networking/one.yaml', text: TEXT })
const bytes = (data: string | Uint8Array) =>
  typeof data === 'string' ? new Uint8Array(Buffer.from(data, 'base64')) : data
/** Two items of different folders may call different pictures the same. */
const picturesOf: PicturesOf = (id, path) => {
  if (path === 'pictures/arrow.gif') return GIF
  return id === 'net-other' ? new Uint8Array([...PNG, 9]) : PNG
}

function sentAndBack(name: string, from: readonly Item[], pictures: PicturesOf | undefined) {
  const { content, lost } = (FORMATS[name] ?? expect.fail()).write(from, pictures)
  const imported = importForeign(content, { name: 'back', format: name, objective: 'ORC-01', taken: [] })
  return { lost, imported }
}

/** What the texts of an item show of pictures: their words, and their bytes. */
function shown(texts: string, pictures: readonly { path: string; data: string | Uint8Array }[]) {
  return [...texts.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, alt, path]) => {
    const found = pictures.find((one) => one.path === path)
    return [alt, found ? [...bytes(found.data)] : `${path} is missing`]
  })
}

test.each(['moodle-xml', 'qti', 'qti3'])('%s carries pictures out and back', (name) => {
  const { lost, imported } = sentAndBack(name, items, picturesOf)
  expect(lost).toEqual([])
  expect(imported.problems).toEqual([])
  expect(imported.lost).toEqual([])
  const [first, second] = imported.items
  const other = [...PNG, 9]
  expect(shown(first?.stem ?? '', imported.pictures)).toEqual([['the drawing', [...PNG]]])
  expect(shown(first?.options[0]?.why ?? '', imported.pictures)).toEqual([['the arrow', [...GIF]]])
  expect(shown(first?.explanation ?? '', imported.pictures)).toEqual([['the arrow', [...GIF]]])
  expect(shown(second?.stem ?? '', imported.pictures)).toEqual([['another', other]])
  expect(imported.pictures).toHaveLength(3)
})

test.each(['moodle-xml', 'qti', 'qti3', 'gift', 'csv', 'anki', 'aiken'])(
  '%s tells pictures that it cannot carry, and shows their words',
  (name) => {
    const { lost, imported } = sentAndBack(name, items, undefined)
    expect(lost.map(({ parts }) => parts.includes('its pictures'))).toEqual([true, true])
    expect(imported.items[0]?.stem).toContain('the drawing')
  },
)

test('a picture that is there, beside one that is not, is carried, and the other is told', () => {
  const { lost, imported } = sentAndBack('moodle-xml', items, (_id, path) =>
    path === 'pictures/net.png' ? PNG : null,
  )
  expect(lost).toEqual([{ id: 'net-drawing', parts: ['its pictures'] }])
  expect(imported.pictures).toHaveLength(2)
})

test('the pictures of an item are named once each, with a title behind the path or without', () => {
  const item = {
    stem: '![a](pictures/a.png "A") [b](other.png)',
    explanation: '![a](pictures/a.png)',
    options: [],
    prompts: [],
  }
  expect(picturesIn(item)).toEqual(['pictures/a.png'])
})

test('a picture of Markdown in Moodle that is not packed, or is no picture, is told as lost', () => {
  const quiz = (file: string) => `<quiz><question type="multichoice"><name><text>q</text></name>
    <questiontext format="markdown"><text>![a](@@PLUGINFILE@@/my%20net.png) Which one?</text>${file}</questiontext>
    <single>true</single><answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>
    </question></quiz>`
  const read = (file: string) =>
    importForeign(quiz(file), { name: 'q.xml', format: 'moodle-xml', objective: 'ORC-01', taken: [] })
  const packed = (data: string) => `<file name="my net.png" path="/" encoding="base64">${data}</file>`
  const whole = read(packed(Buffer.from(PNG).toString('base64')))
  expect(whole.lost).toEqual([])
  expect(whole.items[0]?.stem).toBe('![a](pictures/item-q-1.png) Which one?')
  for (const file of ['', packed(Buffer.from('<svg onload="x"/>').toString('base64'))])
    expect(read(file).lost).toMatchObject([{ what: 'the picture my%20net.png' }])
})
