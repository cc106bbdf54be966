import { expect, test, vi } from 'vitest'
import { aLab } from './labs.test-kit'
import { recordsInMemory, type SessionRecord } from './record'
import { SavedRecord } from './saved-record'
import { gate } from './session.test-kit'
import { newRecord } from './steps'

const first = newRecord({ id: 's1', lab: aLab(), kind: 'student' })
const done = (step: string) => (record: SessionRecord) => ({
  ...record,
  stepsDone: [...record.stepsDone, step],
})

test('a change is visible when it is on the disk, and not before', async () => {
  const memory = recordsInMemory()
  const disk = gate()
  const onChange = vi.fn()
  const save = async (record: SessionRecord) => {
    await disk.opened
    await memory.save(record)
  }
  const record = new SavedRecord(first, { ...memory, save }, onChange)
  const updated = record.update(done('one'))
  expect(record.value.stepsDone).toEqual([])
  expect(onChange).not.toHaveBeenCalled()
  disk.open()
  await updated
  expect(record.value.stepsDone).toEqual(['one'])
  expect(await memory.list()).toEqual([record.value])
  expect(onChange).toHaveBeenCalledOnce()
})

test('changes at the same time build on each other', async () => {
  const record = new SavedRecord(first, recordsInMemory(), () => undefined)
  await Promise.all(['one', 'two', 'three'].map((step) => record.update(done(step))))
  expect(record.value.stepsDone).toEqual(['one', 'two', 'three'])
})

test('a change that cannot be saved is lost, and the next one is not', async () => {
  const memory = recordsInMemory()
  let isFull = true
  const save = async (record: SessionRecord) => {
    if (isFull) throw new Error('disk full')
    await memory.save(record)
  }
  const record = new SavedRecord(first, { ...memory, save }, () => undefined)
  await expect(record.update(done('one'))).rejects.toThrow('disk full')
  isFull = false
  await record.update(done('two'))
  expect(record.value.stepsDone).toEqual(['two'])
})

test('a change that changes nothing is not saved', async () => {
  const save = vi.fn(async () => undefined)
  const onChange = vi.fn()
  const record = new SavedRecord(first, { ...recordsInMemory(), save }, onChange)
  await record.update((value) => value)
  expect(save).not.toHaveBeenCalled()
  expect(onChange).not.toHaveBeenCalled()
})

test('it is settled when the changes so far have ended, also badly', async () => {
  const disk = gate()
  const save = async () => await disk.opened
  const record = new SavedRecord(first, { ...recordsInMemory(), save }, () => undefined)
  const updated = expect(record.update(done('one'))).rejects.toThrow('disk full')
  let isSettled = false
  const settled = record.settled().then(() => {
    isSettled = true
  })
  await Promise.resolve()
  expect(isSettled).toBe(false)
  disk.fail(new Error('disk full'))
  await settled
  await updated
})

test('a removed record does not come back with a late change', async () => {
  const memory = recordsInMemory()
  const record = new SavedRecord(first, memory, () => undefined)
  await Promise.all([record.update(done('one')), record.remove(), record.update(done('two'))])
  expect(await memory.list()).toEqual([])
})

test('a record that could not be removed can still change', async () => {
  const memory = recordsInMemory()
  const remove = async () => {
    throw new Error('no access')
  }
  const record = new SavedRecord(first, { ...memory, remove }, () => undefined)
  await expect(record.remove()).rejects.toThrow('no access')
  await record.update(done('one'))
  expect(await memory.list()).toMatchObject([{ stepsDone: ['one'] }])
})
