import { afterEach, expect, test } from 'vitest'
import { limitText, setTimeFactor, stretched, timeFactor, timeFactorIn } from './time-limits'

afterEach(() => {
  for (const source of ['environment', 'settings', 'measured'] as const) setTimeFactor(source, null)
})

test('limits are those of a usual machine until somebody says otherwise', () => {
  expect(timeFactor()).toEqual({ factor: 1, source: 'default' })
  expect(stretched(1_500)).toBe(1_500)
  expect(limitText(10_000)).toBe('10 s')
})

test('the environment comes before the settings, and both before what was measured', () => {
  setTimeFactor('measured', 3)
  expect(timeFactor()).toEqual({ factor: 3, source: 'measured' })
  setTimeFactor('settings', 2)
  expect(timeFactor()).toEqual({ factor: 2, source: 'settings' })
  setTimeFactor('environment', 10)
  expect(timeFactor()).toEqual({ factor: 10, source: 'environment' })
  setTimeFactor('environment', null)
  setTimeFactor('settings', null)
  expect(timeFactor()).toEqual({ factor: 3, source: 'measured' })
})

test('a limit is stretched to whole milliseconds, and told as it is', () => {
  setTimeFactor('settings', 2.5)
  expect(stretched(5_000)).toBe(12_500)
  expect(stretched(0)).toBe(0)
  expect(limitText(5_000)).toBe('12.5 s')
  setTimeFactor('settings', 3)
  expect(limitText(700)).toBe('2.1 s')
})

test.each([0.5, 21, Number.NaN, Number.POSITIVE_INFINITY, -1])('a factor of %s is a fault', (factor) => {
  expect(() => setTimeFactor('settings', factor)).toThrow(RangeError)
})

test.each([
  [undefined, null],
  ['', null],
  ['  ', null],
  ['1', 1],
  [' 4 ', 4],
  ['2.5', 2.5],
  ['20', 20],
])('CAPSTAN_TIME_FACTOR %j is %s', (text, factor) => {
  expect(timeFactorIn({ CAPSTAN_TIME_FACTOR: text })).toBe(factor)
})

test.each(['0', '0.9', '21', '-3', 'ten', '1e1', '0x4', 'Infinity', '4x', '4,5'])(
  'CAPSTAN_TIME_FACTOR %j is an error that says what may be written',
  (text) => {
    expect(() => timeFactorIn({ CAPSTAN_TIME_FACTOR: text })).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining(text),
        help: expect.stringContaining('from 1 to 20'),
      }),
    )
  },
)
