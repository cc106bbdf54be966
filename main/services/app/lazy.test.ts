import { expect, test } from 'vitest'
import { Lazy } from './lazy'

test('it is opened when it is first asked for, and once for all who ask', async () => {
  let opened = 0
  const lazy = new Lazy(async () => ++opened)
  expect(await lazy.ifOpen()).toBeNull()
  expect(opened).toBe(0)
  expect(await Promise.all([lazy.get(), lazy.get()])).toEqual([1, 1])
  expect(await lazy.get()).toBe(1)
  expect(await lazy.ifOpen()).toBe(1)
})

test('after a failure the next one who asks tries again', async () => {
  let tries = 0
  const lazy = new Lazy(async () => {
    if (++tries === 1) throw new Error('not yet')
    return tries
  })
  const first = lazy.get()
  const asked = lazy.ifOpen()
  await expect(first).rejects.toThrow('not yet')
  expect(await asked).toBeNull()
  expect(await lazy.get()).toBe(2)
})
