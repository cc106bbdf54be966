/** From a file of another program to a drill and out again, through the contract's calls. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenApp, openApp } from '../../../test/fakes/app'
import { portsInMemory } from '../../../test/fakes/memory-ports'
import { type Client, type Contract, connect, contract, LARGEST_PART, serve } from '../../api'
import { createHandlers } from '../app'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let one: OpenApp
let api: Client<Contract>
const internal: unknown[] = []

beforeEach(async () => {
  one = await openApp()
  await one.app.start()
  const { host, page } = portsInMemory()
  serve(contract, createHandlers(one.app), host, { onInternalError: (error) => internal.push(error) })
  api = connect<typeof contract>(page)
})
afterEach(async () => {
  expect(internal).toEqual([])
  await one.close()
})

function question(name: string, stem: string, { why = 'No.', tag = 'chapter-1' } = {}): string {
  const file = `<file name="net.png" path="/" encoding="base64">${PNG}</file>`
  const picture = '&lt;img src="@@PLUGINFILE@@/net.png" alt="the network"&gt;'
  return `<question type="multichoice"><name><text>${name}</text></name>
    <questiontext format="html"><text>&lt;p&gt;${stem} ${picture}&lt;/p&gt;</text>${file}</questiontext>
    <generalfeedback format="html"><text>Because.</text></generalfeedback><single>true</single>
    <answer fraction="100" format="html"><text>eighty</text></answer>
    <answer fraction="0" format="html"><text>ninety</text><feedback format="html"><text>${why}</text></feedback></answer>
    <tags><tag><text>${tag}</text></tag></tags></question>`
}
const ESSAY = '<question type="essay"><name><text>Essay</text></name></question>'
const quiz = (...questions: string[]) => `<quiz>\n${questions.join('\n')}\n</quiz>`

async function sent(name: string, content: string | Uint8Array): Promise<string> {
  const bytes = Buffer.from(content)
  const { importId } = await api.call('exchange.begin', { fileName: name, size: bytes.length })
  for (let offset = 0; offset < bytes.length; offset += LARGEST_PART) {
    const data = bytes.subarray(offset, offset + LARGEST_PART).toString('base64')
    await api.call('exchange.part', { importId, offset, data })
  }
  return importId
}
const preview = (importId: string, wish = {}) =>
  api.call('exchange.preview', { importId, objective: 'NET-05', ...wish })
const ownFolder = (...path: string[]) => join(one.folder, 'questions', ...path)

/** Imports a quiz and adds all of it. */
async function added(name: string, content: string): Promise<string> {
  const importId = await sent(name, content)
  await preview(importId)
  return (await api.call('exchange.add', { importId, duplicates: false })).folder
}

test('a file is shown before anything is written, then added, drilled and exported', async () => {
  const importId = await sent(
    'Week 1.xml',
    quiz(question('first', 'Which port?'), ESSAY, question('second', 'And here?')),
  )
  expect(await preview(importId)).toMatchObject({
    format: { id: 'moodle-xml' },
    encoding: 'utf-8',
    items: 2,
    duplicates: 0,
    pictures: 2,
    withoutObjective: 2,
    leftOut: 1,
    problems: [
      { file: 'Week 1.xml', line: 8, severity: 'warning', message: expect.stringContaining('essay') },
    ],
  })
  const [first] = await api.call('exchange.items', { importId, from: 0, count: 1 })
  expect(first).toMatchObject({
    id: 'first',
    stem: 'Which port? ![the network](pictures/first-1.png)',
    objectives: ['NET-05'],
    options: [
      { text: 'eighty', right: true },
      { text: 'ninety', right: false, why: 'No.' },
    ],
  })
  expect(await api.call('exchange.picture', { importId, path: 'pictures/first-1.png' })).toEqual({
    type: 'image/png',
    data: PNG,
  })
  await expect(readdir(ownFolder())).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await api.call('exchange.add', { importId, duplicates: false })).toEqual({
    added: 2,
    folder: 'week-1',
  })
  expect(await readdir(ownFolder('week-1', 'pictures'))).toEqual(['first-1.png', 'second-1.png'])
  expect(await api.call('own.list', {})).toMatchObject({
    questions: 2,
    folders: [{ name: 'week-1', questions: 2 }],
    tags: [{ name: 'chapter-1', questions: 2 }],
    problems: [],
  })
  const { attemptId } = await api.call('own.practise', { tag: 'chapter-1', length: 10 })
  const of = { attemptId, item: 0 }
  const { current } = await api.call('exam.move', of)
  const path = /pictures\/[\w-]+\.png/.exec(current.stem)?.[0] ?? expect.fail(current.stem)
  expect(await api.call('picture.get', { of, path })).toEqual({ type: 'image/png', data: PNG })
  const out = await api.call('exchange.export', {
    wish: { of: 'own', folder: 'week-1' },
    format: 'moodle-xml',
  })
  expect(out).toMatchObject({ name: 'capstan-my-questions.xml', items: 2, lost: [] })
  const { data } = await api.call('exchange.exported', { exportId: out.exportId, offset: 0 })
  expect(Buffer.from(data, 'base64').toString()).toContain(PNG)
})

test('a question that is not wanted is left out, with its pictures', async () => {
  const importId = await sent(
    'one.xml',
    quiz(question('first', 'Which port?'), question('second', 'And this?'), question('third', 'New?')),
  )
  expect(await preview(importId)).toMatchObject({ items: 3 })
  expect(await api.call('exchange.add', { importId, duplicates: false, without: [0, 2, 7] })).toEqual({
    added: 1,
    folder: 'one',
  })
  expect(await readdir(ownFolder('one', 'pictures'))).toEqual(['second-1.png'])
  expect(await readFile(ownFolder('one', 'one.yaml'), 'utf8')).toContain('And this?')
})

test('a question that is there already is told, and added only when it is wanted', async () => {
  expect(await added('one.xml', quiz(question('first', 'Which port?')))).toBe('one')
  const again = quiz(question('other', 'Which  port?'), question('twin', 'New?'), question('twin', 'New?'))
  const importId = await sent('one.xml', again)
  expect(await preview(importId)).toMatchObject({ items: 3, duplicates: 2 })
  const items = await api.call('exchange.items', { importId, from: 0, count: 10 })
  expect(items.map(({ duplicate }) => duplicate)).toEqual([
    'among your own questions as “first”',
    null,
    'earlier in this file as “twin”',
  ])
  expect(await api.call('exchange.add', { importId, duplicates: false })).toEqual({
    added: 1,
    folder: 'one-2',
  })
  expect((await api.call('own.list', {})).questions).toBe(2)
})

test('a file that is added twice at the same time is there once', async () => {
  const importId = await sent('one.gift', 'Which port? {=80 ~81}')
  await preview(importId)
  const add = () => api.call('exchange.add', { importId, duplicates: true })
  const [first, second] = await Promise.allSettled([add(), add()])
  expect(first).toMatchObject({ status: 'fulfilled', value: { added: 1, folder: 'one' } })
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } })
  expect(await readdir(ownFolder())).toEqual(['one'])
})

test('a file that is called like the folder of pictures is found again', async () => {
  expect(await added('pictures.gift', 'Which port? {=80 ~81}')).toBe('pictures-2')
  expect((await api.call('own.list', {})).questions).toBe(1)
})

test('a question with other blanks, in another order of its options, is the same one', async () => {
  await added('one.gift', 'Which port? {=80 ~81}')
  const importId = await sent('two.gift', 'Which  port? {~81 =80}\n\nAnother one? {=1 ~2}')
  expect(await preview(importId)).toMatchObject({ items: 2, duplicates: 1 })
  const [first] = await api.call('exchange.items', { importId, from: 0, count: 1 })
  expect(first?.duplicate).toMatch(/^among your own questions as “/)
})

test('the objective may be that of all questions', async () => {
  const named = 'Which port? {=80 ~81}\n\n// [tag:STO-01]\nWhich volume? {=a ~b}'
  const importId = await sent('q.gift', named)
  const objectives = async () =>
    (await api.call('exchange.items', { importId, from: 0, count: 9 })).map((item) => item.objectives)
  expect((await preview(importId)).withoutObjective).toBe(1)
  expect(await objectives()).toEqual([['NET-05'], ['STO-01']])
  expect((await preview(importId, { objective: 'SEC-02', forAll: true })).withoutObjective).toBe(1)
  expect(await objectives()).toEqual([['SEC-02'], ['SEC-02']])
})

describe('what cannot be imported says why, and writes nothing', () => {
  test.each<[string, string | Uint8Array, object, string]>([
    ['no format', 'Hello', {}, 'looks like none of the formats'],
    ['a file that breaks off', '<quiz><question type="multichoice">', {}, 'ends before </quiz>'],
    ['entities', '<!DOCTYPE a [<!ENTITY b "c">]><quiz/>', { format: 'moodle-xml' }, 'entities of its own'],
    ['a zip file that is none', Buffer.from('PK\u0003\u0004 nothing'), {}, 'no item of QTI'],
    ['nothing', '', {}, 'none of the formats'],
  ])('%s', async (_what, content, wish, message) => {
    const importId = await sent('bad.txt', content)
    const { items, problems } = await preview(importId, wish)
    expect(items).toBe(0)
    expect(problems.map((problem) => problem.message).join(' ')).toContain(message)
    expect(problems.map(({ help }) => help)).not.toContain('')
    await expect(api.call('exchange.add', { importId, duplicates: true })).rejects.toMatchObject({
      code: 'bad-input',
    })
    await expect(readdir(ownFolder())).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('bytes that are no text', async () => {
    const importId = await sent('bad.txt', Buffer.from([0, 1, 2, 3, 255, 254, 0, 0, 129]))
    const answer = preview(importId).then(
      ({ items }) => items,
      ({ code }) => code,
    )
    expect([0, 'bad-input']).toContain(await answer)
  })

  test('a format that there is not, such as the name of something that every object has', async () => {
    const importId = await sent('q.gift', 'Which port? {=80 ~81}')
    for (const format of ['constructor', 'docx'])
      await expect(preview(importId, { format })).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('a file that did not arrive whole, or in its order', async () => {
    const { importId } = await api.call('exchange.begin', { fileName: 'q.gift', size: 10 })
    await expect(preview(importId)).rejects.toMatchObject({ code: 'bad-input' })
    const part = (offset: number, text: string) =>
      api.call('exchange.part', { importId, offset, data: Buffer.from(text).toString('base64') })
    await expect(part(3, 'abc')).rejects.toMatchObject({ code: 'bad-input' })
    await expect(part(0, 'more than ten')).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('a file that was let go of', async () => {
    const importId = await sent('q.gift', 'Which port? {=80 ~81}')
    await api.call('exchange.forget', { importId })
    await expect(preview(importId)).rejects.toMatchObject({
      code: 'not-found',
      help: expect.stringContaining('again'),
    })
  })

  test('a folder that cannot be written, and then nothing of it stays', async () => {
    await writeFile(ownFolder(), 'a file in its place')
    const importId = await sent('q.gift', 'Which port? {=80 ~81}')
    await preview(importId)
    await expect(api.call('exchange.add', { importId, duplicates: true })).rejects.toMatchObject({
      code: 'bad-input',
      help: expect.stringContaining('settings'),
    })
    expect((await readdir(one.folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })
})

test('a preview that is cancelled ends at once, and the next one works', async () => {
  const many = Array.from({ length: 3_000 }, (_one, at) => `Which port ${at}? {=80 ~81}`).join('\n\n')
  const importId = await sent('q.gift', many)
  const abort = new AbortController()
  const cancelled = api.call('exchange.preview', { importId, objective: 'NET-05' }, abort.signal)
  abort.abort()
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
  expect((await preview(importId)).items).toBe(3_000)
})

test('own questions are in no mock exam, and say nothing of readiness', async () => {
  await added('q.gift', '// [id:own-port]\nWhich port? {=80 ~81}')
  const { attemptId } = await api.call('own.practise', {})
  const of = { attemptId, item: 0 }
  await api.call('exam.reveal', of).catch(() => undefined)
  let { current } = await api.call('exam.move', of)
  while (!current.closed) {
    const [option] = current.options
    ;({ current } = await api.call('exam.decide', { ...of, option: option?.id ?? 0, yes: false }))
  }
  await api.call('exam.end', { attemptId })
  const overview = await api.call('progress.overview', {})
  expect(overview.today.items).toBe(1)
  expect(overview.total.items).toBe(0)
  // It was missed or not, so it is practised like any other, and reviewed.
  expect((await api.call('marks.questions', {})).map(({ id }) => id)).toEqual(['own-port'])
  expect((await api.call('exam.list', {}))[0]).toMatchObject({ about: 'Your own questions' })
  const { attemptId: exam } = await api.call('exam.start', { mode: 'real' })
  const journal = await readFile(join(one.folder, 'attempts', `${exam}.jsonl`), 'utf8')
  expect(journal).not.toContain('own-port')
})

test('while an exam runs nothing is exported or looked at, no own question is drilled, and no other picture is shown', async () => {
  await added('one.xml', quiz(question('first', 'Which port?')))
  const { attemptId } = await api.call('own.practise', {})
  const picture = { of: { attemptId, item: 0 }, path: 'pictures/first-1.png' }
  expect(await api.call('picture.get', picture)).toMatchObject({ type: 'image/png' })
  const importId = await sent('two.xml', quiz(question('second', 'And here?')))
  await preview(importId)
  expect(await api.call('exchange.picture', { importId, path: 'pictures/second-1.png' })).toMatchObject({
    type: 'image/png',
  })
  const { exportId } = await api.call('exchange.export', {
    wish: { of: 'bank', objective: 'NET-05' },
    format: 'gift',
  })
  await api.call('exam.start', { mode: 'real' })
  for (const of of ['own', 'bank', 'missed'] as const)
    await expect(api.call('exchange.export', { wish: { of }, format: 'gift' })).rejects.toMatchObject({
      code: 'session-exists',
    })
  for (const work of [
    () => api.call('own.practise', {}),
    () => api.call('exchange.exported', { exportId, offset: 0 }),
    () => preview(importId),
    () => api.call('exchange.items', { importId, from: 0, count: 1 }),
    () => api.call('exchange.picture', { importId, path: 'pictures/second-1.png' }),
  ])
    await expect(work()).rejects.toMatchObject({ code: 'session-exists' })
  await expect(api.call('picture.get', picture)).rejects.toMatchObject({ code: 'not-found' })
})

test('a picture of the explanation is shown when the explanation is', async () => {
  await mkdir(ownFolder('pictures'), { recursive: true })
  for (const name of ['open', 'key'])
    await writeFile(ownFolder('pictures', `${name}.png`), Buffer.from(PNG, 'base64'))
  await writeFile(
    ownFolder('mine.yaml'),
    `- id: with-key
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: "Which one? ![a](pictures/open.png)"
  options: [{ text: a, right: true }, { text: b, why: "![b](pictures/key.png)" }]
  explanation: "![c](pictures/key.png)"
  source: mine
`,
  )
  const { attemptId } = await api.call('own.practise', {})
  const get = (name: string) =>
    api.call('picture.get', { of: { attemptId, item: 0 }, path: `pictures/${name}.png` })
  expect((await get('open')).data).toBe(PNG)
  await expect(get('key')).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    api.call('picture.get', { of: { itemId: 'with-key' }, path: 'pictures/key.png' }),
  ).rejects.toMatchObject({
    code: 'not-found',
  })
  let { current } = await api.call('exam.move', { attemptId, item: 0 })
  if (current.delivery === 'classic') await api.call('exam.reveal', { attemptId, item: 0 })
  while (!current.closed && current.delivery === 'domc')
    ({ current } = await api.call('exam.decide', {
      attemptId,
      item: 0,
      option: current.options[0]?.id ?? 0,
      yes: true,
    }))
  expect((await get('key')).data).toBe(PNG)
})

test('a picture beside what is to match is shown, and that of a reason when the matching is over', async () => {
  await mkdir(ownFolder('pictures'), { recursive: true })
  for (const name of ['left', 'why'])
    await writeFile(ownFolder('pictures', `${name}.png`), Buffer.from(PNG, 'base64'))
  await writeFile(
    ownFolder('mine.yaml'),
    `- id: with-parts
  objectives: [NET-05]
  kind: matching
  difficulty: easy
  stem: What belongs together?
  pairs:
    - { left: "![a](pictures/left.png)", right: a, why: "![a](pictures/why.png)" }
    - { left: b, right: b }
    - { left: c, right: c }
  explanation: It does.
  source: mine
`,
  )
  const { attemptId } = await api.call('own.practise', {})
  const get = (name: string) =>
    api.call('picture.get', { of: { attemptId, item: 0 }, path: `pictures/${name}.png` })
  expect((await get('left')).data).toBe(PNG)
  await expect(get('why')).rejects.toMatchObject({ code: 'not-found' })
  await api.call('exam.reveal', { attemptId, item: 0 })
  expect((await get('why')).data).toBe(PNG)
})

test('of the bank a domain or an objective is exported, and what was missed once it was seen', async () => {
  const all = await api.call('exchange.export', {
    wish: { of: 'bank', objective: 'NET-05' },
    format: 'aiken',
  })
  expect(all.items).toBeGreaterThan(3)
  expect(all.lost.map(({ part }) => part)).toContain('its explanation')
  const domain = await api.call('exchange.export', {
    wish: { of: 'bank', domain: 'storage' },
    format: 'gift',
  })
  expect(domain.items).toBeGreaterThan(20)
  await expect(api.call('exchange.exported', { exportId: all.exportId, offset: 0 })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(api.call('exchange.export', { wish: { of: 'missed' }, format: 'gift' })).rejects.toMatchObject(
    {
      code: 'bad-input',
      message: 'There is no question to export.',
    },
  )
})

test('the folder may be another one, which must be there', async () => {
  const folder = join(one.folder, 'mine')
  await expect(api.call('settings.set', { questionsFolder: folder })).rejects.toMatchObject({
    code: 'bad-input',
  })
  await expect(api.call('settings.set', { questionsFolder: 'mine' })).rejects.toMatchObject({
    code: 'bad-input',
  })
  await mkdir(folder)
  await api.call('settings.set', { questionsFolder: folder })
  expect(await api.call('own.list', {})).toMatchObject({ folder, questions: 0 })
  await added('q.gift', 'Which port? {=80 ~81}')
  expect(await readdir(folder)).toEqual(['q'])
  await api.call('settings.set', { questionsFolder: '' })
  expect((await api.call('own.list', {})).questions).toBe(0)
})
