import { afterEach, expect, test, vi } from 'vitest'
import type { CheckResult } from '../checks'
import type { Check } from '../labs'
import { LiveChecks } from './live-checks'

const check = (name: string) => ({ name }) as Check
const green: CheckResult = { state: 'green', expected: '', found: '', explanation: '' }

let live: LiveChecks | undefined
afterEach(() => live?.pause())

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
  let open: (() => void) | undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const evaluate = vi.fn(async () => {
    await gate
    return green
  })
  live = new LiveChecks({ evaluate, onResults: () => undefined, tickMs: 60_000 })
  live.watch([check('a')])
  for (let change = 0; change < 10; change++) live.lookSoon()
  const done = live.refresh()
  open?.()
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

test('a refresh is over after one look, also when every look causes the next', async () => {
  live = new LiveChecks({ evaluate: async () => green, onResults: () => live?.lookSoon(), tickMs: 60_000 })
  live.watch([check('a')])
  await live.refresh()
  await live.refresh()
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
