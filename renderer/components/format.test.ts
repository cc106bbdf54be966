import { expect, test } from 'vitest'
import { count, duration, interval, percent } from './format'

test.each([
  [45_000, '45 s'],
  [0, '0 s'],
  [200_000, '3 min 20 s'],
  [119_800, '2 min'],
  [3_600_000, '1 h'],
  [4_320_000, '1 h 12 min'],
])('%i ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test('one thing is no plural', () => {
  expect([count(1, 'node'), count(3, 'node'), count(0, 'node')]).toEqual(['1 node', '3 nodes', '0 nodes'])
})

test('shares are whole per cents', () => {
  expect(percent(72.7)).toBe('73\u00a0%')
  expect(interval({ low: 61.6, high: 81.7 })).toBe('62–82\u00a0%')
})
