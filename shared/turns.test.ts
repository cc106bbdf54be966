import { expect, test } from 'vitest'
import { KeyedTurns, mapLimit, Turns } from './turns'

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

test('work waits for the work before it', async () => {
  const turns = new Turns()
  const order: string[] = []
  const { open, opened } = gate()
  const first = turns.run(async () => {
    await opened
    order.push('first')
  })
  const second = turns.run(() => order.push('second'))
  open()
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'second'])
})

test('a failure reaches its own caller only, and the next turn runs', async () => {
  const turns = new Turns()
  const failed = turns.run(() => Promise.reject(new Error('no')))
  const next = turns.run(() => 'yes')
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

test('work that throws at once rejects too', async () => {
  const turns = new Turns()
  const failed = turns.run(() => {
    throw new Error('at once')
  })
  await expect(failed).rejects.toThrow('at once')
  expect(await turns.run(() => 1)).toBe(1)
})

test('settled waits for what is there, also when it fails', async () => {
  const turns = new Turns()
  let isDone = false
  const work = turns.run(async () => {
    await Promise.resolve()
    isDone = true
    throw new Error('no')
  })
  work.catch(() => undefined)
  await turns.settled()
  expect(isDone).toBe(true)
})

test('keys do not wait for each other, and are forgotten when they have no work', async () => {
  const turns = new KeyedTurns<string>()
  const { open, opened } = gate()
  const slow = turns.run('a', () => opened)
  expect(await turns.run('b', () => 'b')).toBe('b')
  expect(turns.size).toBe(1)
  const behind = turns.run('a', () => 'behind')
  open()
  await slow
  expect(await behind).toBe('behind')
  expect(turns.size).toBe(0)
})

test('settled of a key waits for that key, without a key for all', async () => {
  const turns = new KeyedTurns<string>()
  const { open, opened } = gate()
  let isDone = false
  const slow = turns.run('a', async () => {
    await opened
    isDone = true
  })
  await turns.settled('b')
  expect(isDone).toBe(false)
  open()
  await turns.settled()
  expect(isDone).toBe(true)
  await slow
})

test('mapLimit keeps the order of the items, and works on so many at a time', async () => {
  let running = 0
  let most = 0
  const gates = Array.from({ length: 6 }, gate)
  const work = mapLimit([0, 1, 2, 3, 4, 5], 2, async (item) => {
    running++
    most = Math.max(most, running)
    await gates[item]?.opened
    running--
    return `item ${item}`
  })
  // The second item ends first, so that its worker overtakes the other one.
  for (const item of [1, 0, 3, 2, 5, 4]) gates[item]?.open()
  expect(await work).toEqual([0, 1, 2, 3, 4, 5].map((item) => `item ${item}`))
  expect(most).toBe(2)
})

test.each([0, 1, 2, 10])('mapLimit with a limit of %i works on every item once', async (limit) => {
  const seen: number[] = []
  const results = await mapLimit([1, 2, 3], limit, async (item) => {
    seen.push(item)
    return item * 2
  })
  expect(results).toEqual([2, 4, 6])
  expect(seen).toEqual([1, 2, 3])
  expect(await mapLimit([], limit, async () => expect.fail())).toEqual([])
})

test('mapLimit rejects with the first failure, and begins no further item', async () => {
  const begun: number[] = []
  const { open, opened } = gate()
  const work = mapLimit([0, 1, 2, 3], 2, async (item) => {
    begun.push(item)
    if (item === 0) throw new Error('no')
    await opened
  })
  await expect(work).rejects.toThrow('no')
  open()
  await opened
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
})
