import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseShare, shareOf } from './share'

test('the shares of anything are all of it, each once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 7 }), (all, of) => {
      const indices = all.map((_one, index) => index)
      const parts = Array.from({ length: of }, (_one, index) =>
        shareOf(indices, parseShare(`${index + 1}/${of}`)),
      )
      expect(parts.flat().sort((a, b) => a - b)).toEqual(indices)
    }),
  )
})

test.each(['', '0/3', '4/3', '1', '1/0', 'a/b', '1/3 '])('"%s" is no share', (text) => {
  expect(() => parseShare(text)).toThrowError(/is no share/)
})
