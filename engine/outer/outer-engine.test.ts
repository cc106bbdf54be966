import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventWatch } from '../docker'
import { memoryEngine } from '../docker/testing/index.test-kit'
import { basicCapabilities } from './capabilities'
import { OuterEngine } from './outer-engine'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

/** An engine whose event stream the test holds in its hand. */
async function open() {
  const memory = memoryEngine()
  const watches: EventWatch[] = []
  let opens = async (): Promise<void> => undefined
  const releases: unknown[] = []
  const docker = {
    ...memory.docker,
    watchEvents: async (watch: EventWatch) => {
      await opens()
      watches.push(watch)
      return () => undefined
    },
  }
  const engine = async (opening = opens) => {
    opens = opening
    const outer = new OuterEngine({
      source: 'default',
      endpoint: { kind: 'tcp', host: 'engine', port: 2375, tlsDirectory: null },
      docker,
      version: '1',
      capabilities,
      release: async (options) => void releases.push(options),
    })
    await settle()
    return outer
  }
  const capabilities = await basicCapabilities(docker)
  return { memory, engine, watches, releases }
}

/** Lets all promises that are ready go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('it says where it was found', async () => {
  const { engine } = await open()
  expect(await engine()).toMatchObject({ source: 'default', endpoint: 'tcp://engine:2375', version: '1' })
})

test('an engine whose events end and that does not answer is gone, once', async () => {
  const { memory, engine, watches } = await open()
  let times = 0
  const outer = await engine()
  outer.onGone(() => times++)
  memory.failures.set('ping', new Error('gone'))
  watches[0]?.onEnd()
  await settle()
  expect(times).toBe(1)
})

test('an engine whose events end and that still answers is watched again', async () => {
  const { memory, engine, watches } = await open()
  let times = 0
  const outer = await engine()
  outer.onGone(() => times++)
  vi.advanceTimersByTime(60_000)
  watches[0]?.onEnd()
  await settle()
  expect([times, watches.length]).toEqual([0, 2])
  memory.failures.set('ping', new Error('gone'))
  watches[1]?.onEnd()
  await settle()
  expect(times).toBe(1)
})

/** Ends the newest stream, and looks how long it takes until the next one is opened. */
async function pauseAfter(watches: readonly EventWatch[]): Promise<number> {
  const [endedAt, before] = [Date.now(), watches.length]
  watches.at(-1)?.onEnd()
  for (await settle(); watches.length === before; await settle()) vi.advanceTimersToNextTimer()
  return Date.now() - endedAt
}

test('streams that end at once are opened again after pauses that grow, until one lasts', async () => {
  const { engine, watches } = await open()
  await engine()
  const seen: number[] = []
  while (seen.length < 9) seen.push(await pauseAfter(watches))
  expect(seen).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  vi.advanceTimersByTime(60_000)
  expect([await pauseAfter(watches), await pauseAfter(watches)]).toEqual([0, 500])
})

test('an engine that goes away during a pause is gone when the pause is over', async () => {
  const { engine, watches } = await open()
  let refuses = false
  let times = 0
  const outer = await engine(() => (refuses ? Promise.reject(new Error('refused')) : Promise.resolve()))
  outer.onGone(() => times++)
  watches[0]?.onEnd()
  await settle()
  refuses = true
  expect(times).toBe(0)
  vi.advanceTimersToNextTimer()
  await settle()
  expect([times, watches.length]).toEqual([1, 1])
})

test('a release ends the pause, and nothing is opened after it', async () => {
  const { engine, watches } = await open()
  const outer = await engine()
  watches[0]?.onEnd()
  await settle()
  expect(vi.getTimerCount()).toBe(1)
  await outer.release()
  await settle()
  expect([vi.getTimerCount(), watches.length]).toEqual([0, 1])
})

test('an engine that gives no more events is gone', async () => {
  const { engine, watches } = await open()
  let refuses = false
  let times = 0
  const outer = await engine(() => (refuses ? Promise.reject(new Error('refused')) : Promise.resolve()))
  outer.onGone(() => times++)
  refuses = true
  vi.advanceTimersByTime(60_000)
  watches[0]?.onEnd()
  await settle()
  expect([times, watches.length]).toEqual([1, 1])
})

test('a listener that was stopped hears nothing', async () => {
  const { memory, engine, watches } = await open()
  let times = 0
  const stop = (await engine()).onGone(() => times++)
  stop()
  memory.failures.set('ping', new Error('gone'))
  watches[0]?.onEnd()
  await settle()
  expect(times).toBe(0)
})

test('an engine that was released is not reported as gone', async () => {
  const { memory, engine, watches, releases } = await open()
  const released = await engine()
  let times = 0
  released.onGone(() => times++)
  await released.release({ keep: true })
  expect(watches[0]?.signal?.aborted).toBe(true)
  memory.failures.set('ping', new Error('gone'))
  watches[0]?.onEnd()
  await settle()
  expect(times).toBe(0)
  expect(releases).toEqual([{ keep: true }])
})
