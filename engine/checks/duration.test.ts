import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Duration, parseDuration } from './duration'

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['2m', 120_000],
  ['1.5s', 1_500],
  ['0s', 0],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
  expect(Duration.parse(text)).toBe(ms)
})

test.each(['', '5', 's', '5 s', '-1s', '1h', '1,5s', '5s ', '1.s', '5S'])(
  '"%s" is not a duration',
  (text) => {
    expect(parseDuration(text)).toBeNull()
    expect(Duration.safeParse(text).error?.issues[0]?.message).toContain('"500ms", "30s" or "2m"')
  },
)

test('a file may ask for five minutes, and for no more', () => {
  expect(Duration.parse('5m')).toBe(300_000)
  expect(Duration.safeParse('301s').success).toBe(false)
})

test('a second is a thousand milliseconds, whatever the number', () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), (seconds) => {
      expect(parseDuration(`${seconds}s`)).toBe(parseDuration(`${seconds * 1000}ms`))
    }),
  )
})
