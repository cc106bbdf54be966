import { expect, test } from 'vitest'
import { z } from 'zod'
import { systemChance } from './chance'
import { momentNow } from './clock'
import { entryOf, folded } from './journal'

const MOMENT = { uptime: 1, boot: 'a', wall: 2 }

test('an entry is an event with its moment, and nothing else', () => {
  const Entry = entryOf(z.object({ kind: z.literal('x') }))
  expect(Entry.parse({ v: 1, event: { kind: 'x', more: 1 }, moment: { ...MOMENT, monotonic: 3 } })).toEqual({
    event: { kind: 'x' },
    moment: MOMENT,
  })
  for (const wrong of [{ event: { kind: 'x' } }, { event: { kind: 'y' }, moment: MOMENT }, [], null])
    expect(Entry.safeParse(wrong).success).toBe(false)
})

test('a journal that cannot be folded is named', () => {
  const entries = [1, 2].map((event) => ({ event, moment: MOMENT }))
  expect(folded('f', entries, (events) => events.reduce((sum, one) => sum + one, 0))).toBe(3)
  const fold = () => {
    throw new Error('no beginning')
  }
  expect(() => folded('attempts/x.jsonl', entries, fold)).toThrow(
    expect.objectContaining({
      code: 'store-corrupt',
      message: 'attempts/x.jsonl cannot be opened: no beginning',
    }),
  )
})

test('the chance of the system gives ids that files can be named by, and seeds within their range', () => {
  const ids = Array.from({ length: 50 }, () => systemChance.id())
  expect(new Set(ids).size).toBe(50)
  for (const id of ids) expect(id).toMatch(/^[\da-f]{12}$/)
  for (let count = 0; count < 50; count++) {
    const seed = systemChance.seed()
    expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true)
  }
})

test('two moments of one run of the machine have its name, and time passes between them', () => {
  const [first, second] = [momentNow(), momentNow()]
  expect(second.boot).toBe(first.boot)
  expect(second.monotonic).toBeGreaterThanOrEqual(first.monotonic)
  expect(Math.abs(first.wall - Date.now())).toBeLessThan(60_000)
})
