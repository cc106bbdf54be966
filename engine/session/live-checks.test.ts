import { afterEach, expect, test, vi } from 'vitest'
import { aCheck, aResult } from './labs.test-kit'
import { LiveChecks } from './live-checks'
import { gate } from './session.test-kit'

const check = (name: string) => aCheck(name)
const green = aResult('green')

let live: LiveChecks | undefined
afterEach(() => {
  live?.pause()
  vi.useRealTimers()
})

test('a step is looked at as soon as it is watched', async () => {
  const seen: string[] = []
  live = new LiveChecks({
    evaluate: async () => green,
    onResults: (checks) => seen.push(...checks.map(({ name }) => name)),
  })
  live.watch([check('a'), check('b')])
  await live.refresh()
  expect(seen.slice(0, 2)).toEqual(['a', 'b'])
})

test('a burst of changes during a look causes one more look, not one each', async () => {
  const look = gate()
  const evaluate = vi.fn(async () => {
    await look.opened
    return green
  })
  live = new LiveChecks({ evaluate, onResults: () => undefined, tickMs: 60_000 })
  live.watch([check('a')])
  for (let change = 0; change < 10; change++) live.lookSoon()
  const done = live.refresh()
  look.open()
  await done
  expect(evaluate).toHaveBeenCalledTimes(2)
})

test('never looks twice at once', async () => {
  let running = 0
  let most = 0
  const evaluate = async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    return green
  }
  live = new LiveChecks({ evaluate, onResults: () => live?.lookSoon(), tickMs: 60_000 })
  live.watch([check('a')])
  await vi.waitUntil(() => most > 0)
  for (let turn = 0; turn < 50; turn++) {
    live.lookSoon()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(most).toBe(1)
})

test('a refresh waits for one look, also when every look causes the next', async () => {
  let looks = 0
  const evaluate = async () => {
    looks++
    return green
  }
  live = new LiveChecks({ evaluate, onResults: () => live?.lookSoon(), tickMs: 60_000 })
  live.watch([check('a')])
  await live.refresh()
  const before = looks
  await live.refresh()
  // One look may have been under way already.
  expect(looks - before).toBeGreaterThanOrEqual(1)
  expect(looks - before).toBeLessThanOrEqual(2)
})

test('a refresh during a look waits for the next look, which sees what has happened before the call', async () => {
  let isDone = false
  const seen: boolean[] = []
  const first = gate()
  live = new LiveChecks({
    evaluate: async () => {
      const now = isDone
      if (seen.length === 0) await first.opened
      seen.push(now)
      return green
    },
    onResults: () => undefined,
    tickMs: 60_000,
  })
  live.watch([check('a')])
  isDone = true
  const refreshed = live.refresh()
  first.open()
  await refreshed
  expect(seen).toEqual([false, true])
})

test('a slow tick looks again when nothing announces a change', async () => {
  let looks = 0
  const evaluate = async () => {
    looks++
    return green
  }
  live = new LiveChecks({ evaluate, onResults: () => undefined, tickMs: 5 })
  live.watch([check('a')])
  await vi.waitUntil(() => looks >= 3)
})

/** Watches a check by a clock that only the test moves. @returns the times of the looks, in milliseconds */
function watchedChecks(): { readonly checks: LiveChecks; readonly looks: readonly number[] } {
  vi.useFakeTimers()
  const looks: number[] = []
  const began = Date.now()
  const evaluate = async () => {
    looks.push(Date.now() - began)
    return green
  }
  const checks = new LiveChecks({ evaluate, onResults: () => undefined })
  checks.watch([check('a')])
  return { checks, looks }
}

test('looks come soon after a change, and then less often', async () => {
  const { checks, looks } = watchedChecks()
  live = checks
  await vi.advanceTimersByTimeAsync(10_000)
  expect(looks).toEqual([0, 250, 750, 1_750, 3_750, 6_750, 9_750])
  live.lookSoon()
  await vi.advanceTimersByTimeAsync(300)
  expect(looks.slice(7)).toEqual([10_000, 10_250])
})

test('no look falls between the creation of a container and its start', async () => {
  const { checks, looks } = watchedChecks()
  live = checks
  await vi.advanceTimersByTimeAsync(10)
  // This one is due after the pause that follows a look.
  live.lookSoon()
  live.lookLater()
  await vi.advanceTimersByTimeAsync(300)
  expect(looks).toEqual([0])
  live.lookSoon()
  await vi.advanceTimersByTimeAsync(100)
  expect(looks).toEqual([0, 310])
  live.lookLater()
  await vi.advanceTimersByTimeAsync(400)
  expect(looks).toEqual([0, 310, 810])
  live.pause()
  live.lookLater()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(looks).toHaveLength(3)
})

test('after a pause nothing is evaluated, and a refresh does not wait', async () => {
  const evaluate = vi.fn(async () => green)
  live = new LiveChecks({ evaluate, onResults: () => undefined, tickMs: 5 })
  live.watch([check('a')])
  await live.refresh()
  live.pause()
  const before = evaluate.mock.calls.length
  live.lookSoon()
  await live.refresh()
  expect(evaluate).toHaveBeenCalledTimes(before)
})

test('a pause gives up the look that is under way, and ends the wait for it', async () => {
  const look = gate()
  const onResults = vi.fn()
  const signals: AbortSignal[] = []
  live = new LiveChecks({
    evaluate: async (_check, signal) => {
      signals.push(signal)
      await look.opened
      return green
    },
    onResults,
    tickMs: 60_000,
  })
  live.watch([check('a')])
  const refreshed = live.refresh()
  live.pause()
  await refreshed
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  look.open()
  live.watch([check('b')])
  await live.refresh()
  expect(onResults.mock.calls.map(([checks]) => checks)).not.toContainEqual([check('a')])
})

test('a look that was under way when the step changed reports nothing', async () => {
  const reported: string[] = []
  let release: (() => void) | undefined
  live = new LiveChecks({
    evaluate: async ({ name }) => {
      if (name === 'old') await new Promise<void>((resolve) => (release = resolve))
      return green
    },
    onResults: (checks) => reported.push(...checks.map(({ name }) => name)),
    tickMs: 60_000,
  })
  live.watch([check('old')])
  await vi.waitUntil(() => release)
  live.watch([check('new')])
  release?.()
  await live.refresh()
  expect(new Set(reported)).toEqual(new Set(['new']))
})
