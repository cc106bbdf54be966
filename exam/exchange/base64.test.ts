import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64 } from './base64'

test('bytes become the Base64 that others read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    }),
  )
})
