import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EscapeGuard, plainText } from './escapes'

const sequences = [
  '\u001b[31m',
  '\u001b[?2004h',
  '\u001b]0;a title\u0007',
  '\u001b]8;;http://x\u001b\\',
  '\u001b(B',
  '\u001b7',
  '\u001bPq#0\u001b\\',
]
const part = fc.oneof(fc.constantFrom(...sequences), fc.constantFrom('a', 'text\r\n', 'é', '✓', ' '))

test('nothing is lost, and no sequence is cut, however the output is', () => {
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.nat()), (parts, cuts) => {
      const text = parts.join('')
      const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
      const chunks = [0, ...at].map((start, index) => text.slice(start, at[index] ?? text.length))
      const guard = new EscapeGuard()
      const passed = chunks.map((chunk) => guard.push(chunk))
      expect(passed.join('')).toBe(text)
      for (const piece of passed) expect(plainText(piece)).not.toContain('\u001b')
      expect(passed.map(plainText).join('')).toBe(plainText(text))
    }),
  )
})

test.each(
  sequences.flatMap((sequence) => [...sequence].slice(1).map((_, at) => [sequence, at + 1] as const)),
)('the beginning of %j, %i characters of it, waits for its end', (sequence, length) => {
  const guard = new EscapeGuard()
  expect(guard.push(`a${sequence.slice(0, length)}`)).toBe('a')
  expect(guard.push(`${sequence.slice(length)}b`)).toBe(`${sequence}b`)
})

test('text without sequences passes at once', () => {
  expect(new EscapeGuard().push('hello')).toBe('hello')
})

test('what never ends is let go', () => {
  const guard = new EscapeGuard()
  const endless = `\u001b]0;${'x'.repeat(100_000)}`
  expect(guard.push(endless)).toBe(endless)
})

test('plain text keeps line ends and loses the rest', () => {
  expect(plainText('\u001b[1mbold\u001b[0m\r\n\u0007next\u001b]0;t\u0007\tx')).toBe('bold\nnext\tx')
})
