import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Looks } from './looks'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const QUIET_MS = 50

/** Looks whose ends a test decides. */
function looks(tick?: { firstMs: number; mostMs: number }) {
  const open: (() => void)[] = []
  const signals: AbortSignal[] = []
  const look = (signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<void>((done) => open.push(done))
  }
  const one = new Looks({ look, quietMs: QUIET_MS, ...(tick && { tick }) })
  const end = async () => {
    open.shift()?.()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { one, signals, end, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

test('a burst of changes is one look', async () => {
  const { one, signals, pass } = looks()
  for (let change = 0; change < 5; change++) one.soon()
  await pass(QUIET_MS - 1)
  expect(signals).toHaveLength(0)
  one.soon()
  await pass(1)
  expect(signals).toHaveLength(1)
})

test('what another change follows soon is looked at with that change, or after a while', async () => {
  const { one, signals, end, pass } = looks()
  one.later()
  await pass(200)
  one.soon()
  await pass(QUIET_MS)
  expect(signals).toHaveLength(1)
  await end()
  await pass(1_000)
  expect(signals).toHaveLength(1)
  one.later()
  await pass(399)
  expect(signals).toHaveLength(1)
  await pass(1)
  expect(signals).toHaveLength(2)
})

test('changes during a look are one more look after it', async () => {
  const { one, signals, end, pass } = looks()
  one.soon()
  await pass(QUIET_MS)
  one.soon()
  one.soon()
  await pass(1_000)
  expect(signals).toHaveLength(1)
  await end()
  await pass(2_000)
  expect(signals).toHaveLength(2)
})

test('a look that takes long is followed by as long a rest', async () => {
  const { one, signals, end, pass } = looks()
  one.soon()
  await pass(QUIET_MS)
  await pass(400)
  one.soon()
  await end()
  await pass(399)
  expect(signals).toHaveLength(1)
  await pass(1)
  expect(signals).toHaveLength(2)
})

test('without a tick nothing happens without a change', async () => {
  const { one, signals, end, pass } = looks()
  one.soon()
  await pass(QUIET_MS)
  await end()
  await pass(60_000)
  expect(signals).toHaveLength(1)
})

test('ticks come later and later, and soon again after a change', async () => {
  const { one, signals, end, pass } = looks({ firstMs: 100, mostMs: 400 })
  one.soon()
  await pass(QUIET_MS)
  for (const ms of [100, 200, 400, 400]) {
    const before = signals.length
    await end()
    await pass(ms - 1)
    expect(signals).toHaveLength(before)
    await pass(1)
    expect(signals).toHaveLength(before + 1)
  }
  await end()
  one.soon()
  await pass(QUIET_MS)
  await end()
  const before = signals.length
  await pass(100)
  expect(signals).toHaveLength(before + 1)
})

test('after the stop there is no look, and the one under way is told', async () => {
  const { one, signals, end, pass } = looks({ firstMs: 100, mostMs: 400 })
  one.soon()
  await pass(QUIET_MS)
  one.soon()
  one.stop()
  expect(signals[0]?.aborted).toBe(true)
  await end()
  one.soon()
  await pass(60_000)
  expect(signals).toHaveLength(1)
})
