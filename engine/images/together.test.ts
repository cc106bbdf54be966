import { expect, test } from 'vitest'
import { together } from './together'

const never = new AbortController().signal

/** Work that only its signal ends. */
function endless(ended: string[], name: string) {
  return async (signal: AbortSignal) => {
    await new Promise<void>((done) => signal.addEventListener('abort', () => done()))
    // What tidies up after the signal takes a moment too.
    await new Promise((done) => setImmediate(done))
    ended.push(name)
  }
}

test('the results come in the order of the works', async () => {
  const works = [async () => 'one', async () => 2] as const
  expect(await together(works, { signal: never })).toEqual(['one', 2])
})

test('a failure ends the other works before it is told', async () => {
  const ended: string[] = []
  const fails = async () => Promise.reject(new Error('full'))
  await expect(together([endless(ended, 'other'), fails], { signal: never })).rejects.toThrow('full')
  expect(ended).toEqual(['other'])
})

test('after a failure no further work begins', async () => {
  const begun: string[] = []
  const fails = async () => {
    begun.push('first')
    throw new Error('full')
  }
  const next = async () => void begun.push('second')
  await expect(together([fails, next], { signal: never, limit: 1 })).rejects.toThrow('full')
  expect(begun).toEqual(['first'])
})

test('whoever gives up ends all works', async () => {
  const ended: string[] = []
  const own = new AbortController()
  const work = together([endless(ended, 'one'), endless(ended, 'two')], { signal: own.signal })
  own.abort()
  await work
  expect(ended).toEqual(['one', 'two'])
})
