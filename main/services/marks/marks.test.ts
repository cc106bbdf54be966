import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { choicesOf } from '../../../test/fakes/choices'
import { labMarkId, marksContract } from '../../api'
import { JournalFolder, openStore, type Store } from '../../store'
import { type LoadedBank, loadBank } from '../bank'
import { ExamEntry, ExamsService } from '../exams'
import { MarksService } from '.'

const resources = fileURLToPath(new URL('../../..', import.meta.url))
let bank: LoadedBank
let folder: string
let store: Store
let exams: ExamsService
let marks: MarksService

beforeAll(async () => {
  bank = choicesOf(await loadBank(resources))
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-marks-'))
  const onProblem = (message: string) => expect.fail(message)
  store = await openStore(folder, onProblem)
  exams = new ExamsService({
    bank,
    journals: new JournalFolder({
      folder: join(folder, 'attempts'),
      entry: ExamEntry,
      onCorrupt: onProblem,
    }),
    labs: () => [],
    passMark: () => 65,
    onProblem,
  })
  marks = new MarksService({ exams, marks: store.marks })
})
afterEach(async () => {
  await exams.dispose()
  await rm(folder, { recursive: true })
})

const itemsOf = async (id: string) =>
  (await exams.all()).find(({ attempt }) => attempt.id === id)?.attempt.form.items ?? []

async function answer(id: string, item: number, isRight: boolean): Promise<void> {
  const { delivery, key, order } = (await itemsOf(id))[item] ?? expect.fail('there is no such item')
  let { current } = await exams.apply(id, { kind: 'moved', item })
  const wrong = order.filter((option) => !key.includes(option)).slice(0, 1)
  if (delivery === 'classic') await exams.apply(id, { kind: 'chose', item, options: isRight ? key : wrong })
  else
    while (!current.closed) {
      const option = current.options[0]?.id ?? -1
      const yes = key.includes(option) === isRight
      ;({ current } = await exams.apply(id, { kind: 'decided', item, option, yes }))
    }
}

/** Answers every item of a practice rightly, or every one wrongly, and ends it. */
async function sit(isRight: boolean, length = 6): Promise<string[]> {
  const id = await exams.start({ mode: 'practice', length, extraTime: 1 })
  const items = await itemsOf(id)
  for (const item of items.keys()) await answer(id, item, isRight)
  await exams.apply(id, { kind: 'ended', by: 'candidate' })
  return items.map((item) => item.id)
}

const idsOfDrill = async (filter: 'unseen' | 'missed' | 'bookmarked' | 'noted', length = 50) =>
  (await itemsOf(await marks.practise(filter, length))).map(({ id }) => id)

test('a mark is kept without the room around its note, and an empty one is none', async () => {
  expect(await marks.get('ports')).toEqual({ bookmarked: false, note: '' })
  expect(await marks.set('ports', { bookmarked: true, note: '  mine \n' })).toMatchObject({
    bookmarked: true,
    note: 'mine',
  })
  expect(await marks.set('ports', { bookmarked: false, note: ' \n ' })).toEqual({
    bookmarked: false,
    note: '',
  })
  expect(store.marks.all()).toEqual({})
})

test('the questions are those of attempts that are over, with their marks and how often they were missed', async () => {
  const missed = await sit(false)
  const running = await exams.start({ mode: 'practice', length: 6, extraTime: 1 })
  const unknown = (await itemsOf(running)).map(({ id }) => id).filter((id) => !missed.includes(id))
  await marks.set(missed[0] ?? '', { bookmarked: true, note: 'look again' })
  const questions = await marks.questions()
  expect(marksContract.calls['marks.questions'].out.safeParse(questions).success).toBe(true)
  expect(questions.map(({ id }) => id).sort()).toEqual([...missed].sort())
  expect(questions.find(({ id }) => id === missed[0])?.mark).toMatchObject({ note: 'look again' })
  expect(questions.every((question) => question.missed === 1)).toBe(true)
  expect(unknown.length).toBeGreaterThan(0)
})

test('a question is there as soon as a practice has shown its key', async () => {
  const id = await exams.start({ mode: 'practice', length: 6, extraTime: 1 })
  const items = await itemsOf(id)
  await answer(id, 0, false)
  await exams.apply(id, { kind: 'revealed', item: 0 })
  expect((await marks.questions()).map((question) => [question.id, question.missed])).toEqual([
    [items[0]?.id, 1],
  ])
})

test('a practice has the questions that fit: missed, bookmarked, noted or unseen', async () => {
  const [missed, right] = [await sit(false), await sit(true)]
  await marks.set(missed[0] ?? '', { bookmarked: true, note: '' })
  await marks.set(right[0] ?? '', { bookmarked: false, note: 'mine' })
  await marks.set('left-the-bank', { bookmarked: true, note: 'mine' })
  expect(await idsOfDrill('bookmarked')).toEqual([missed[0]])
  expect(await idsOfDrill('noted')).toEqual([right[0]])
  const again = await idsOfDrill('missed')
  expect(again.sort()).toEqual(missed.filter((id) => !right.includes(id)).sort())
  const unseen = await idsOfDrill('unseen', 5)
  expect(unseen).toHaveLength(5)
  expect(unseen.filter((id) => missed.includes(id) || right.includes(id))).toEqual([])
})

test('a note on a lab is kept beside those on questions, and is no question to practise', async () => {
  const { in: input } = marksContract.calls['marks.set']
  const wish = input.parse({ itemId: labMarkId('container-life'), bookmarked: false, note: 'mine' })
  await marks.set(wish.itemId, wish)
  expect(await marks.get(labMarkId('container-life'))).toMatchObject({ note: 'mine' })
  await expect(marks.practise('noted', 10)).rejects.toMatchObject({ code: 'bad-input' })
  expect(input.safeParse({ ...wish, itemId: 'lab:../x' }).success).toBe(false)
})

test('where no question fits, the reason and the way out are said', async () => {
  await expect(marks.practise('noted', 10)).rejects.toMatchObject({
    code: 'bad-input',
    message: 'No question fits.',
    help: expect.stringContaining('another kind'),
  })
})

test('while a real exam runs no mark is shown or made, no question is shown, and none is practised', async () => {
  const [first = ''] = await sit(false)
  const id = await exams.start({ mode: 'real', extraTime: 1 })
  const refused = { code: 'session-exists' }
  await expect(marks.get(first)).rejects.toMatchObject(refused)
  await expect(marks.set(first, { bookmarked: true, note: '' })).rejects.toMatchObject(refused)
  await expect(marks.questions()).rejects.toMatchObject(refused)
  await expect(marks.practise('missed', 5)).rejects.toMatchObject(refused)
  expect(store.marks.all()).toEqual({})
  await exams.apply(id, { kind: 'ended', by: 'candidate' })
  expect((await marks.questions()).map((question) => question.id)).toContain(first)
})
