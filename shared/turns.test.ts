import { expect, test } from 'vitest'
import { KeyedTurns, Turns } from './turns'

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
