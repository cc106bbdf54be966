import { expect, test } from 'vitest'
import { decodeText } from './decode-text'

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
  expect(decodeText(bytes)).toMatchObject({ text: 'grün 🐳', isGuessed: false })
})

test.each([false, true])('UTF-16 without a byte order mark is read, big end first: %s', (isBig) => {
  const text = 'Which command lists containers? ü'
  expect(decodeText(utf16(text, isBig).subarray(2))).toMatchObject({ text, isGuessed: false })
})

test('a file that was never UTF-8 is read as old programs of Windows write, and told to be a guess', () => {
  expect(decodeText(Buffer.from('gr\xfcn \x96 f\xfcr', 'latin1'))).toEqual({
    text: 'grün – für',
    encoding: 'windows-1252',
    isGuessed: true,
  })
})

test('the encoding that an XML declaration names is used', () => {
  const text = '<?xml version="1.0" encoding="ISO-8859-1"?><quiz>grün</quiz>'
  expect(decodeText(Buffer.from(text, 'latin1'))).toMatchObject({ text, isGuessed: false })
})

test.each([
  [
    'a file in UTF-8 with half a character',
    Buffer.concat([Buffer.from('grün für Öl'), Buffer.from([0xc3])]),
    'This file is not text in UTF-8.',
  ],
  [
    'a program',
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x02, 0x00, 0xff, 0xfe, 0x00]),
    'This file is not text in UTF-8.',
  ],
  ['UTF-16 that was cut', Buffer.from([0xff, 0xfe, 0x41]), 'This file is not text in UTF-16LE.'],
  [
    'an unknown encoding',
    Buffer.from('<?xml version="1.0" encoding="klingon"?>'),
    'There is no encoding "klingon".',
  ],
])('%s is told, and no letter is lost', (_what, bytes, problem) => {
  expect(decodeText(bytes)).toEqual({ text: null, problem })
})
