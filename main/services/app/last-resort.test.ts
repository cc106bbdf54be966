import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { installLastResort } from './last-resort'
import { Notices } from './notices'

/** The listeners are called by hand: a fault that really is not caught would be one of the test as well. */
const fail = (error: unknown) => process.emit('uncaughtException', error as Error)

const others = process.listeners('uncaughtException')
const logged: unknown[] = []
const notices = new Notices()
const shutDown = vi.fn()
const exit = vi.fn()
let remove: () => void

beforeEach(() => {
  vi.useFakeTimers()
  process.removeAllListeners('uncaughtException')
  const log = { info: () => undefined, error: (_message: string, error: unknown) => logged.push(error) }
  remove = installLastResort({ log, notices, shutDown, exit, limitMs: 1000 })
})
afterEach(() => {
  remove()
  for (const listener of others) process.on('uncaughtException', listener)
  vi.useRealTimers()
  vi.resetAllMocks()
  logged.length = 0
})

test('a fault that nothing caught is logged and told, and ends the process in order', () => {
  const told: string[] = []
  notices.watch(({ message }) => told.push(message))
  fail(new Error('first'))
  expect(logged).toEqual([new Error('first')])
  expect(told.at(-1)).toContain('so it closes')
  expect(shutDown).toHaveBeenCalledOnce()
  expect(exit).not.toHaveBeenCalled()
})

test('a second fault is logged, and the end goes on', () => {
  fail(new Error('first'))
  fail(new Error('second'))
  expect(logged).toHaveLength(2)
  expect(shutDown).toHaveBeenCalledOnce()
})

test('an end that hangs, or that fails, is cut off', () => {
  shutDown.mockImplementation(() => {
    throw new Error('cannot shut down')
  })
  fail(new Error('first'))
  expect(logged).toContainEqual(new Error('cannot shut down'))
  vi.advanceTimersByTime(999)
  expect(exit).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(exit).toHaveBeenCalledExactlyOnceWith(1)
})

test('an end that is done is not cut off', () => {
  fail(new Error('first'))
  remove()
  vi.advanceTimersByTime(10_000)
  expect(exit).not.toHaveBeenCalled()
})
