import { expect, test } from 'vitest'
import { Emitter } from '../../../shared/observable'
import type { RunningExam } from '../../api'
import { type RunningSource, watchRunning } from './running-exams'

const MOCK: RunningExam = { kind: 'mock', id: 'm1', title: 'Mock exam', timeLeft: 60_000 }
const HANDS_ON: RunningExam = { kind: 'hands-on', id: 'h1', title: 'Night shift', timeLeft: 30_000 }

class FakeSource implements RunningSource {
  exams: RunningExam[] = []
  isBroken = false
  readonly #changed = new Emitter()

  async running(): Promise<readonly RunningExam[]> {
    if (this.isBroken) throw new Error('a journal is damaged')
    return this.exams
  }

  onRunning(listener: () => void): () => void {
    return this.#changed.on(listener)
  }

  change(...exams: RunningExam[]): void {
    this.exams = exams
    this.#changed.emit()
  }
}

async function watched() {
  const sources = [new FakeSource(), new FakeSource()] as const
  const seen: (string | null)[] = []
  const stop = await watchRunning(sources, ({ exam }) => seen.push(exam?.id ?? null))
  return { sources, seen, stop }
}

test('the exam that runs is told at once, and again when one begins or ends, of either kind', async () => {
  const { sources, seen } = await watched()
  expect(seen).toEqual([null])
  sources[0].change(MOCK)
  await expect.poll(() => seen).toEqual([null, 'm1'])
  sources[0].change()
  await expect.poll(() => seen).toEqual([null, 'm1', null])
  sources[1].change(HANDS_ON)
  await expect.poll(() => seen).toEqual([null, 'm1', null, 'h1'])
})

test('a journal that cannot be read ends no watch', async () => {
  const { sources, seen } = await watched()
  sources[0].isBroken = true
  sources[0].change(MOCK)
  sources[0].isBroken = false
  sources[0].exams = []
  sources[1].change(HANDS_ON)
  await expect.poll(() => seen.at(-1)).toBe('h1')
})

test('after the stop nothing is told', async () => {
  const { sources, seen, stop } = await watched()
  stop()
  sources[0].change(MOCK)
  await new Promise((resolve) => setImmediate(resolve))
  expect(seen).toEqual([null])
})
