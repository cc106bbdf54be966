import serialize from '@xterm/addon-serialize'
import xterm from '@xterm/headless'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EscapeGuard, LONGEST_DROP, LONGEST_SEQUENCE, LONGEST_STRING } from './guard'

const sequences = [
  '\u001b[31m',
  '\u001b[?2004h',
  '\u001b[38;2;1;22;255m',
  '\u001b[4:3m',
  '\u001b[5S',
  '\u001b]0;a title\u0007',
  '\u001b]8;;http://x\u001b\\',
  '\u001b(B',
  '\u001b7',
  '\u001bPq#0\u001b\\',
  '\u001b_apc\u001b\\',
  '\u009b1m',
  '\u009d0;title\u009c',
]
const part = fc.oneof(fc.constantFrom(...sequences), fc.constantFrom('a', 'text\r\n', 'é', '✓', ' '))
const cuts = fc.array(fc.nat(), { maxLength: 10 })

function inPieces(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((start, index) => text.slice(start, places[index] ?? text.length))
}

function guarded(pieces: readonly string[], size?: { cols: number; rows: number }): string[] {
  const guard = new EscapeGuard()
  return pieces.map((piece) => guard.push(piece, size))
}

/** True when a new terminal is back at plain text after it. */
const isWhole = (text: string) => new EscapeGuard().push(`${text}x`).endsWith('x')

test('nothing is lost, and no sequence is cut, however the output is', () => {
  fc.assert(
    fc.property(fc.array(part), cuts, (parts, at) => {
      const text = parts.join('')
      const passed = guarded(inPieces(text, at))
      expect(passed.join('')).toBe(text)
      for (const piece of passed) expect(isWhole(piece)).toBe(true)
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

test.each([
  ['\u001b[2147483647m', '\u001b[9999m'],
  ['\u001b[1;99999999999999999999;3H', '\u001b[1;9999;3H'],
  ['\u001b[38:2::70000:1m', '\u001b[38:2::9999:1m'],
  ['\u009b123456X', '\u009b9999X'],
  ['\u001b[12\n3456@', '\n\u001b[9999@'],
  ['\u001b[00000000001m', '\u001b[00000000001m'],
  ['\u001b[2147483647S', '\u001b[24S'],
  ['\u001b[100L\u001b[24M', '\u001b[24L\u001b[24M'],
  ['\u001b[100b', '\u001b[80b'],
  ['\u001b[99Z\u001b[99I', '\u001b[80Z\u001b[80I'],
])('%j becomes %j, wherever it is cut', (text, tame) => {
  for (let at = 0; at <= text.length; at++)
    expect(guarded([text.slice(0, at), text.slice(at)], { cols: 80, rows: 24 }).join('')).toBe(tame)
})

test.each([
  ['a control breaks a sequence off', '\u001b[12\u0018x', 'x'],
  ['what is obeyed inside of it stays', '\u001b[12\r\n\u001b[1mx', '\r\n\u001b[1mx'],
  ['a sequence ends a string', '\u001b]0;title\u001b[1mx', '\u001b]0;title\u001b\\\u001b[1mx'],
  ['an introducer of eight bits breaks a string off', '\u001b]0;title\u009b1mx', '\u009b1mx'],
  ['what is obeyed before a string begins stays', 'T\u001b\b_text\u0018x', 'T\bx'],
  ['a letter beyond ASCII breaks a sequence off', '\u001b[1éx', 'x'],
])('%s', (_, text, passed) => {
  for (let at = 0; at <= text.length; at++)
    expect(guarded([text.slice(0, at), text.slice(at)]).join('')).toBe(passed)
})

test.each(['\u001b]0;', '\u001bPq', '\u001b_', '\u001b^', '\u001bX', '\u009d0;'])(
  'a string after %j that is too long is left out',
  (opening) => {
    const long = `${opening}${'x'.repeat(LONGEST_STRING)}\u001b\\after`
    expect(guarded([long]).join('')).toBe('after')
    expect(guarded(inPieces(long, [1, 1000, LONGEST_STRING, LONGEST_STRING + 3])).join('')).toBe('after')
    const longest = `${opening}${'x'.repeat(LONGEST_STRING - opening.length - 2)}\u001b\\after`
    expect(guarded([longest]).join('')).toBe(longest)
  },
)

test('what never ends lets the output go on', () => {
  const string = `\u001b]0;${'x'.repeat(LONGEST_DROP)}`
  expect(guarded([string, 'text']).join('')).toBe('xxxxtext')
  const sequence = `\u001b[${'1'.repeat(LONGEST_SEQUENCE)}`
  expect(guarded([sequence, 'text']).join('')).toBe('11text')
})

// Its time limit is the test: what reads the whole string again for each character takes minutes.
test('a string that comes in single characters is read once', { timeout: 20_000 }, () => {
  const guard = new EscapeGuard()
  guard.push('\u001b]0;')
  for (let turn = 0; turn < 1_000_000; turn++) guard.push('x')
  expect(guard.push('\u0007after')).toBe('after')
})

const odd = fc.constantFrom(
  ...'\u001b\u001b\u001b[]PX^_\\?>!$ ()#%0123456789;:mSTHJhb\n\r\b\t\u0007\u0018\u001a\u007f\u0084\u0085\u0090\u0098\u009b\u009c\u009d\u009eaé✓',
)
const wild = fc.array(odd, { maxLength: 60 }).map((chars) => chars.join(''))

test('where the output is cut makes no difference, and what has passed passes again', () => {
  fc.assert(
    fc.property(wild, cuts, (text, at) => {
      const [whole = ''] = guarded([text])
      const pieces = guarded(inPieces(text, at))
      expect(pieces.join('')).toBe(whole)
      expect(guarded([whole])).toEqual([whole])
      for (const piece of pieces) expect(isWhole(piece)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

async function shown(text: string) {
  const terminal = new xterm.Terminal({
    cols: 20,
    rows: 6,
    scrollback: 10,
    logLevel: 'off',
    allowProposedApi: true,
  })
  const serializer = new serialize.SerializeAddon()
  terminal.loadAddon(serializer as never)
  await new Promise<void>((done) => terminal.write(text, done))
  const { cursorX, cursorY, type } = terminal.buffer.active
  return { text: serializer.serialize(), cursorX, cursorY, type }
}

test('a screen shows what it would show without the guard', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(wild, cuts, async (text, at) => {
      // The end brings both back to plain text. Large counts are the guard's business, and differ.
      const whole = `${text.replace(/\d{2,}/g, '7')}\u0018end`
      const passed = guarded(inPieces(whole, at), { cols: 20, rows: 6 }).join('')
      expect(await shown(passed)).toEqual(await shown(whole))
    }),
    // Characters that a terminal leaves out stand between the beginning of a string and a control that it obeys.
    { numRuns: 500, examples: [['\u001b\u007f\tP', []]] },
  )
})
