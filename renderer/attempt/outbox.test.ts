import { expect, test } from 'vitest'
import { ApiError, type AttemptView, type Notice } from '../../main/api'
import { Emitter } from '../../shared/observable'
import { HandClock } from '../testing/clock.test-kit'
import { attempt } from '../testing/exam-samples.test-kit'
import { type Act, Outbox, type OutboxOptions } from './outbox'

class Shelf {
  readonly items = new Map<string, string>()
  getItem = (key: string) => this.items.get(key) ?? null
  setItem = (key: string, value: string) => void this.items.set(key, value)
  removeItem = (key: string) => void this.items.delete(key)
}

const choose = (option: number): Act => ({
  name: 'exam.choose',
  input: { attemptId: 'a1', item: 11, options: [option] },
})
const lost = () => new ApiError({ code: 'disconnected', message: 'lost', help: null })

/** A host that answers each call with what the test says. */
function host(answer: (sent: unknown) => Promise<AttemptView & { kept: boolean }>) {
  const notices = new Emitter<Notice>()
  const told: string[] = []
  notices.on(({ message }) => told.push(message))
  const call = (async (_name: string, input: unknown) => await answer(input)) as OutboxOptions['api']['call']
  return { api: { call, notices }, told }
}
const kept = { ...attempt(), kept: true }

test('acts are sent in order, and nothing of them stays behind', async () => {
  const [shelf, sent]: [Shelf, unknown[]] = [new Shelf(), []]
  const { api } = host(async (input) => {
    sent.push(input)
    return kept
  })
  const outbox = new Outbox('a1', { api, clock: new HandClock(), storage: shelf })
  await Promise.all([outbox.send(choose(1)), outbox.send(choose(2))])
  expect(sent).toEqual([choose(1).input, choose(2).input])
  expect(shelf.items.size).toBe(0)
})

test('what the page could not send before its reload is sent after it', async () => {
  const shelf = new Shelf()
  const down = host(async () => {
    throw lost()
  })
  const before = new Outbox('a1', { api: down.api, clock: new HandClock(), storage: shelf })
  void before.send(choose(1))
  void before.send(choose(2))
  const sent: unknown[] = []
  const up = host(async (input) => {
    sent.push(input)
    return kept
  })
  new Outbox('a1', { api: up.api, clock: new HandClock(), storage: shelf })
  await expect.poll(() => sent).toEqual([choose(1).input, choose(2).input])
  await expect.poll(() => shelf.items.size).toBe(0)
  expect(up.told).toEqual([])
})

test.each([
  ['running', 'the item was already closed, or answered in another window.'],
  ['ended', 'the exam was over before it arrived.'],
] as const)('an answer that a %s attempt did not keep is told with its item', async (state, reason) => {
  const { api, told } = host(async () => ({ ...attempt({ state }), kept: false }))
  const outbox = new Outbox('a1', { api, clock: new HandClock(), storage: new Shelf() })
  await outbox.send(choose(1))
  expect(told).toEqual([`Your answer to item 12 was not kept: ${reason}`])
})

test('a saved answer that the host refuses is told, and one that cannot be read is left out', async () => {
  const shelf = new Shelf()
  shelf.setItem('capstan.unsent.a1', JSON.stringify([choose(1)]))
  const { api, told } = host(async () => {
    throw new ApiError({ code: 'not-found', message: 'There is no such exam.', help: null })
  })
  new Outbox('a1', { api, clock: new HandClock(), storage: shelf })
  await expect.poll(() => told).toEqual(['Your answer to item 12 was not kept: There is no such exam.'])
  shelf.setItem('capstan.unsent.a1', '[{"name":"exam.cheat"}]')
  new Outbox('a1', { api, clock: new HandClock(), storage: shelf })
  shelf.setItem('capstan.unsent.a1', '[{')
  new Outbox('a1', { api, clock: new HandClock(), storage: shelf })
  expect(told).toHaveLength(1)
})
