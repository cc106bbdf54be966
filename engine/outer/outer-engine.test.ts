import { expect, test } from 'vitest'
import type { EventWatch } from '../docker'
import { memoryEngine } from '../docker/testing/index.test-kit'
import { basicCapabilities } from './capabilities'
import { OuterEngine } from './outer-engine'

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
  watches[0]?.onEnd()
  await settle()
  expect([times, watches.length]).toEqual([0, 2])
  memory.failures.set('ping', new Error('gone'))
  watches[1]?.onEnd()
  await settle()
  expect(times).toBe(1)
})

test('an engine that gives no more events is gone', async () => {
  const { engine, watches } = await open()
  let refuses = false
  let times = 0
  const outer = await engine(() => (refuses ? Promise.reject(new Error('refused')) : Promise.resolve()))
  outer.onGone(() => times++)
  refuses = true
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
