import { expect, test } from 'vitest'
import { asText } from './text-file'

test.each(['', 'FROM alpine\n', 'äöü – 日本\r\n'])('text is text: %j', (text) => {
  expect(asText('/a', Buffer.from(text))).toBe(text)
})

test.each([
  ['a zero byte', Buffer.from('a\0b')],
  ['bytes that are not UTF-8', Buffer.from([0x66, 0xff, 0xfe])],
  ['a character that is cut', Buffer.from('日').subarray(0, 2)],
])('a file with %s is refused', (_what, content) => {
  expect(() => asText('/bin/sh', content)).toThrow(
    expect.objectContaining({ code: 'bad-input', message: '/bin/sh is not a text file.' }),
  )
})
