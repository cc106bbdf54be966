import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packText, unpackText } from './packed-text'

test.each(['services:\n  web:\n    image: nginx:alpine\n', 'name: "größe ✓"\n', 'x'.repeat(65_536)])(
  'a text comes back as it was',
  async (text) => {
    const packed = await packText(text)
    expect(packed).toMatch(/^[\w-]+$/)
    expect(await unpackText(packed)).toBe(text)
  },
)

test.each(['', 'a b', 'AAAA', '%41', 'x'.repeat(200_000)])(
  'what nobody has packed is refused',
  async (packed) => {
    await expect(unpackText(packed)).rejects.toThrow()
  },
)

test.each([65_537, 50_000_000])(
  '%i characters in a small link are refused before they are all unpacked',
  async (size) => {
    const packed = deflateRawSync('x'.repeat(size)).toString('base64url')
    await expect(unpackText(packed)).rejects.toThrow('too large')
  },
)
