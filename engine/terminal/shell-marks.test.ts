import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ShellMark, ShellMarkScanner } from './shell-marks'

const written = fc.oneof<fc.Arbitrary<{ text: string; mark: ShellMark }>[]>(
  fc.constant({ text: '\u001b]133;A\u0007', mark: { kind: 'prompt', number: null } }),
  fc.nat().map((number) => ({
    text: `\u001b]133;A;prompt=${number}\u0007`,
    mark: { kind: 'prompt', number },
  })),
  fc.nat().map((number) => ({
    text: `\u001b]133;P;k=c;prompt=${number}\u0007`,
    mark: { kind: 'continuation', number },
  })),
  fc.constant({ text: '\u001b]133;C\u0007', mark: { kind: 'command' } }),
  fc.constant({ text: '\u001b]133;P;k=c\u001b\\', mark: { kind: 'continuation', number: null } }),
  fc
    .integer({ min: 0, max: 255 })
    .map((exitCode) => ({ text: `\u001b]133;D;${exitCode}\u0007`, mark: { kind: 'done', exitCode } })),
)
const noise = fc.constantFrom(
  '',
  'hello',
  '\r\n',
  '\u001b[31m',
  '\u001b]0;title\u0007',
  ']133;A',
  'é✓',
  '\u001b',
)

test('marks are found in any output, however it is cut', () => {
  const output = fc.array(fc.record({ before: noise, written }), { maxLength: 12 })
  fc.assert(
    fc.property(output, fc.array(fc.nat()), (parts, cuts) => {
      const text = parts.map(({ before, written: { text: mark } }) => before + mark).join('')
      const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
      const chunks = [0, ...at].map((start, index) => text.slice(start, at[index] ?? text.length))
      const scanner = new ShellMarkScanner()
      expect(chunks.flatMap((chunk) => scanner.push(chunk))).toEqual(
        parts.map(({ written: { mark } }) => mark),
      )
    }),
  )
})

test('what is none of ours is passed over', () => {
  const scanner = new ShellMarkScanner()
  expect(scanner.push('\u001b]133;B\u0007\u001b]133;D;x\u0007\u001b]1337;A\u0007')).toEqual([])
})

test('an opening without an end does not hide what comes later', () => {
  const scanner = new ShellMarkScanner()
  scanner.push(`\u001b]133;${'x'.repeat(100)}`)
  expect(scanner.push('\u001b]133;A\u0007')).toEqual([{ kind: 'prompt', number: null }])
})
