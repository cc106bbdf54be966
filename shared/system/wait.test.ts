import { afterEach, expect, test } from 'vitest'
import { setTimeFactor } from '../time-limits'
import { countdown, currentWaits, until, waitingFor, within } from './wait'

afterEach(() => setTimeFactor('settings', null))

const quick = { limitMs: 10_000, everyMs: 1 }

test('it asks until the answer is there', async () => {
  let asked = 0
  expect(await until(() => ++asked === 3 && 'here', quick)).toBe('here')
  expect(asked).toBe(3)
})

test('a condition of the caller decides what ends it', async () => {
  let count = 0
  expect(await until(() => count++, { ...quick, isDone: (answer) => answer === 4 })).toBe(4)
})

test('a limit of nothing still asks once', async () => {
  let asked = 0
  expect(await until(() => ++asked > 1, { limitMs: 0, everyMs: 1 })).toBe(false)
  expect(asked).toBe(1)
})

test('at the limit the last answer is returned, or the error that names it is thrown', async () => {
  const limits = { limitMs: 5, everyMs: 1, isDone: () => false }
  expect(await until(() => 'not yet', limits)).toBe('not yet')
  const waiting = until(() => 'not yet', { ...limits, atLimit: (last) => new Error(`It is ${last}.`) })
  await expect(waiting).rejects.toThrow('It is not yet.')
})

test('a question that fails ends the waiting', async () => {
  await expect(until(() => Promise.reject(new Error('broken')), quick)).rejects.toThrow('broken')
})

test('a signal ends it with its own reason, before a question and during a pause', async () => {
  const reason = new Error('given up')
  await expect(until(() => false, { ...quick, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  const abort = new AbortController()
  const waiting = until(
    () => {
      abort.abort(reason)
      return false
    },
    { limitMs: 60_000, everyMs: 60_000, signal: abort.signal },
  )
  await expect(waiting).rejects.toBe(reason)
})

test('what is waited for has a name while it is waited for', async () => {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const work = waitingFor('the nodes', () => ended)
  const failing = waitingFor('the engine', () => Promise.reject(new Error('no')))
  expect(currentWaits()).toEqual(['the nodes', 'the engine'])
  end()
  await work
  await expect(failing).rejects.toThrow('no')
  expect(currentWaits()).toEqual([])
})

test('work that never ends is given up at its limit, or when the signal says so', async () => {
  const never = () => new Promise<never>(() => undefined)
  await expect(within(never, { limitMs: 1, waitsFor: 'the end' })).rejects.toMatchObject({
    code: 'engine-timeout',
    message: expect.stringContaining('the end'),
  })
  const abort = new AbortController()
  const reason = new Error('given up')
  const waiting = within(never, { limitMs: 600_000, waitsFor: 'the end', signal: abort.signal })
  abort.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  expect(currentWaits()).toEqual([])
})

test('work that ends in time gives its result or its error', async () => {
  const options = { limitMs: 600_000, waitsFor: 'the end' }
  expect(await within(async () => 7, options)).toBe(7)
  await expect(within(() => Promise.reject(new Error('no')), options)).rejects.toThrow('no')
})

test('a limit is stretched by the factor, once, and the error tells the real one', async () => {
  const never = () => new Promise<never>(() => undefined)
  const late = () => new Promise<string>((resolve) => setTimeout(() => resolve('late'), 100))
  setTimeFactor('settings', 20)
  expect(await within(late, { limitMs: 50, waitsFor: 'the end' })).toBe('late')
  const waiting = within(never, { limitMs: 5, waitsFor: 'the end' })
  await expect(waiting).rejects.toMatchObject({ message: 'It took longer than 0.1 s to wait for the end.' })
  let isOver = false
  setTimeout(() => {
    isOver = true
  }, 100)
  expect(await until(() => isOver, { limitMs: 50, everyMs: 5 })).toBe(true)
})

test('the pauses between two questions are not stretched', async () => {
  setTimeFactor('settings', 20)
  let asked = 0
  await until(() => ++asked > 3, { limitMs: 60_000, everyMs: 1 })
  expect(asked).toBe(4)
})

test('what is left of a limit is stretched by the next wait only', () => {
  setTimeFactor('settings', 10)
  const left = countdown(60_000)
  expect(left()).toBeGreaterThan(50_000)
  expect(left()).toBeLessThanOrEqual(60_000)
  expect(countdown(0)()).toBe(0)
})
