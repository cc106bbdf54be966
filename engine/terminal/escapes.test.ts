import { expect, test } from 'vitest'
import { plainText } from './escapes'

test('plain text keeps line ends and loses the rest', () => {
  expect(plainText('\u001b[1mbold\u001b[0m\r\n\u0007next\u001b]0;t\u0007\tx\u0085\u009b')).toBe(
    'bold\nnext\tx',
  )
})
