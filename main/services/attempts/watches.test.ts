import { expect, test } from 'vitest'
import { Watches } from './watches'

test('a watcher gets the current value, then every later one, until it stops', async () => {
  const watches = new Watches<number>()
  const seen: number[] = []
  const stop = await watches.watch(
    'a',
    (value) => seen.push(value),
    async () => 1,
  )
  watches.emit('a', () => 2)
  watches.emit('b', () => expect.fail('nobody watches b'))
  stop()
  watches.emit('a', () => expect.fail('nobody watches a any more'))
  expect(seen).toEqual([1, 2])
})

test('a value is made once for all watchers of an attempt', async () => {
  const watches = new Watches<object>()
  const seen: object[] = []
  const first = { at: 1 }
  for (let count = 0; count < 2; count++)
    await watches.watch(
      'a',
      (value) => seen.push(value),
      async () => first,
    )
  let made = 0
  watches.emit('a', () => ({ at: ++made + 1 }))
  expect(made).toBe(1)
  expect(seen).toEqual([{ at: 1 }, { at: 1 }, { at: 2 }, { at: 2 }])
})

test('a change that comes while the current value is made is not followed by an older value', async () => {
  const watches = new Watches<string>()
  const seen: string[] = []
  let made: (value: string) => void = () => undefined
  const watching = watches.watch(
    'a',
    (value) => seen.push(value),
    () =>
      new Promise((resolve) => {
        made = resolve
      }),
  )
  watches.emit('a', () => 'newer')
  made('older')
  await watching
  expect(seen).toEqual(['newer'])
})

test('when there is no current value, nothing is watched', async () => {
  const watches = new Watches<number>()
  const failed = watches.watch(
    'a',
    () => expect.fail('it is called'),
    () => Promise.reject(new Error('no such attempt')),
  )
  await expect(failed).rejects.toThrow('no such attempt')
  watches.emit('a', () => expect.fail('somebody watches'))
})

test('stopping twice is no error, and does not stop another watcher', async () => {
  const watches = new Watches<number>()
  const seen: number[] = []
  const stop = await watches.watch(
    'a',
    () => undefined,
    async () => 0,
  )
  stop()
  await watches.watch(
    'a',
    (value) => seen.push(value),
    async () => 1,
  )
  stop()
  watches.emit('a', () => 2)
  expect(seen).toEqual([1, 2])
})
