import { expect, test } from 'vitest'
import { decodeText } from './foreign-text'

const utf16 = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return isBig ? bytes.swap16() : bytes
}

test.each([
  ['UTF-8', Buffer.from('grün 🐳')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffgrün 🐳')],
  ['UTF-16, little end first', utf16('grün 🐳', false)],
  ['UTF-16, big end first', utf16('grün 🐳', true)],
])('%s is read', (_what, bytes) => {
  expect(decodeText(bytes)).toEqual({ text: 'grün 🐳' })
})

test('the encoding that an XML declaration names is used', () => {
  const text = '<?xml version="1.0" encoding="ISO-8859-1"?><quiz>grün</quiz>'
  expect(decodeText(Buffer.from(text, 'latin1'))).toEqual({ text })
})

test.each([
  ['Latin-1 without a word about it', Buffer.from('grün', 'latin1'), 'This file is not text in UTF-8.'],
  ['half a character', Buffer.from([0x67, 0xc3]), 'This file is not text in UTF-8.'],
  ['UTF-16 that was cut', Buffer.from([0xff, 0xfe, 0x41]), 'This file is not text in UTF-16LE.'],
  [
    'an unknown encoding',
    Buffer.from('<?xml version="1.0" encoding="klingon"?>'),
    'There is no encoding "klingon".',
  ],
])('%s is told, and no letter is lost', (_what, bytes, problem) => {
  expect(decodeText(bytes)).toEqual({ text: null, problem })
})
