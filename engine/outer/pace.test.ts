import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setTimeFactor, timeFactor } from '../../shared/time-limits'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { factorOf, measurePace, recallPace } from './pace'

let home: string
let engine: MemoryEngine
let today: Date
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'capstan-pace-'))
  engine = memoryEngine()
  today = new Date('2026-01-01T00:00:00Z')
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
  setTimeFactor('measured', null)
})

const ENDPOINT = 'unix:///docker.sock'
const later = (hours: number) => {
  today = new Date(today.getTime() + hours * 3_600_000)
}

/** Measures an engine whose containers take these times. @returns how many containers it ran, and the factor */
async function measure(times: readonly number[], endpoint = ENDPOINT) {
  engine.calls.length = 0
  // The clock is read before and after each container.
  const readings = times.flatMap((ms) => [0, ms])
  const clock = () => readings.shift() ?? Number.NaN
  await measurePace({ docker: engine.docker, endpoint, home, image: 'base:1', now: () => today, clock })
  const ran = engine.calls.filter((call) => call.startsWith('containers.start')).length
  return { ran, factor: timeFactor().factor }
}

describe('the factor of a time', () => {
  test.each([
    [0, 1],
    [350, 1],
    [1_000, 1],
    [1_100, 1],
    [1_400, 2],
    [3_500, 8],
    [4_000, 10],
    [7_650, 20],
    [600_000, 20],
  ])('%i ms: %i', (ms, factor) => {
    expect(factorOf(ms)).toBe(factor)
  })
})

test('a quick engine runs one container, and is not measured again on the same day', async () => {
  expect(await measure([400])).toEqual({ ran: 1, factor: 1 })
  expect(timeFactor().source).toBe('measured')
  expect(engine.containers.size).toBe(0)
  later(23)
  expect(await measure([])).toEqual({ ran: 0, factor: 1 })
  later(2)
  expect(await measure([4_000, 4_100, 4_200])).toEqual({ ran: 3, factor: 10 })
})

test('a busy moment does not count when the engine is quick right after it', async () => {
  expect(await measure([9_000, 500])).toEqual({ ran: 2, factor: 1 })
})

test('a slow engine is measured at every start, and a busy day is forgotten after some', async () => {
  expect(await measure([4_000, 4_000, 4_000])).toEqual({ ran: 3, factor: 10 })
  expect(await measure([400])).toEqual({ ran: 1, factor: 10 })
  expect(await measure([400])).toEqual({ ran: 1, factor: 10 })
  expect(await measure([400])).toEqual({ ran: 1, factor: 1 })
  expect(await measure([])).toEqual({ ran: 0, factor: 1 })
})

test('what was measured is recalled for the same way to an engine only', async () => {
  await measure([4_000, 4_000, 4_000])
  await recallPace({ home, endpoint: 'tcp://elsewhere:2376' })
  expect(timeFactor()).toEqual({ factor: 1, source: 'default' })
  await recallPace({ home, endpoint: ENDPOINT })
  expect(timeFactor()).toEqual({ factor: 10, source: 'measured' })
})

test('a measurement of a day to come is that of a wrong clock', async () => {
  await measure([400])
  later(-5)
  expect(await measure([400])).toEqual({ ran: 1, factor: 1 })
})

test.each(['', '{"paces":[{"ms":1', '{"paces":[{"ms":"1","at":"x"}]}', '[]'])(
  'what is kept as %j is measured again',
  async (content) => {
    await measure([400])
    const [name = ''] = readdirSync(join(home, 'pace'))
    writeFileSync(join(home, 'pace', name), content)
    expect(await measure([400])).toEqual({ ran: 1, factor: 1 })
  },
)

test('an engine that cannot run a container is an error, and nothing is kept', async () => {
  engine.failures.set('containers.start', new Error('no'))
  await expect(measure([1])).rejects.toThrow('no')
  expect(engine.containers.size).toBe(0)
  expect(timeFactor().source).toBe('default')
})
