import { afterEach, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { setTimeFactor } from '../../shared/time-limits'
import { limited } from './limit'

afterEach(() => setTimeFactor('settings', null))

const doing = 'creating a container'
const never = () => new Promise<never>(() => undefined)

test('work that ends in time gives its result', async () => {
  expect(await limited({ limitMs: 10_000, doing }, async () => 'done')).toBe('done')
})

test('work that ignores its signal is not waited for', async () => {
  await expect(limited({ limitMs: 5, doing }, never)).rejects.toMatchObject({
    code: 'engine-timeout',
    message: expect.stringContaining(doing),
  })
})

test('the signal of the work aborts at the limit, with the error that the caller gets', async () => {
  let seen: AbortSignal | null = null
  const work = limited({ limitMs: 5, doing }, async (signal) => {
    seen = signal
    return await never()
  })
  const error: unknown = await work.catch((reason: unknown) => reason)
  expect(seen).toMatchObject({ aborted: true, reason: error })
})

test('the signal of the caller cancels it, before and meanwhile', async () => {
  let isBegun = false
  const begin = async () => {
    isBegun = true
    return await never()
  }
  const before = limited({ limitMs: 10_000, doing, signal: AbortSignal.abort() }, begin)
  await expect(before).rejects.toMatchObject({ code: 'cancelled' })
  expect(isBegun).toBe(false)
  const abort = new AbortController()
  const meanwhile = limited({ limitMs: 10_000, doing, signal: abort.signal }, begin)
  abort.abort()
  await expect(meanwhile).rejects.toMatchObject({ code: 'cancelled', message: `Stopped ${doing}.` })
  expect(isBegun).toBe(true)
})

test('an error of ours that the caller aborts with is the error of the call', async () => {
  const reason = new CapstanError('node-gone', 'The node web has stopped.')
  const work = limited({ limitMs: 10_000, doing, signal: AbortSignal.abort(reason) }, never)
  await expect(work).rejects.toBe(reason)
})

test('a failure of the work is an error of ours that says what was being done', async () => {
  const work = limited({ limitMs: 10_000, doing }, () => Promise.reject(new Error('boom')))
  await expect(work).rejects.toMatchObject({ message: 'Creating a container failed: boom' })
})

test('a signal that outlives the call keeps no listener of it', async () => {
  const abort = new AbortController()
  let listeners = 0
  const { signal } = abort
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners--
    remove(...args)
  }
  await limited({ limitMs: 10_000, doing, signal }, async () => 'done')
  expect(listeners).toBe(0)
})

test('a limit is stretched by the factor, and the error tells the real one', async () => {
  const late = () => new Promise<string>((resolve) => setTimeout(() => resolve('late'), 100))
  await expect(limited({ limitMs: 50, doing }, late)).rejects.toMatchObject({ code: 'engine-timeout' })
  setTimeFactor('settings', 20)
  expect(await limited({ limitMs: 50, doing }, late)).toBe('late')
  await expect(limited({ limitMs: 5, doing }, never)).rejects.toMatchObject({
    message: `The Docker Engine took longer than 0.1 s for ${doing}.`,
    help: expect.stringContaining('CAPSTAN_TIME_FACTOR'),
  })
})
