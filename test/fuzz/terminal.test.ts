/** What a node prints, however broken, leaves the terminal, the app and the page alive. */
import xterm from '@xterm/headless'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FakeShell } from '../../engine/terminal/fake-shell.test-kit'
import { Screens } from '../../engine/terminal/screens'
import { Terminal } from '../../engine/terminal/terminal'
import type { TerminalFrame } from '../../engine/terminal/watchers'
import { EscapeGuard, eraseSafely, LARGEST_NUMBER, LONGEST_STRING } from '../../shared/screen'
import { fuzz, fuzzTimeout } from './fuzz'

const screens = new Screens()
// The first start of the thread builds it.
beforeAll(async () => {
  const screen = screens.open({ cols: 80, rows: 24, scrollback: 1, onDrawn: () => undefined })
  await screen.snapshot()
  screen.close()
}, 60_000)
afterAll(() => screens.dispose())

const number = fc.oneof(
  fc.constantFrom('', '0', '-1', '4294967296', '2147483647', '99999999999999999999999', '1000000', '007'),
  fc.nat({ max: 300 }).map(String),
)
const numbers = fc
  .array(fc.tuple(number, fc.constantFrom(';', ':', ';;')), { maxLength: 40 })
  .map((all) => all.map((pair) => pair.join('')).join(''))
const letter = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code))
const csi = fc
  .tuple(fc.constantFrom('\u001b[', '\u009b'), fc.constantFrom('', '?', '>', '<', '='), numbers, number)
  .chain(([opening, prefix, some, last]) =>
    fc
      .tuple(fc.constantFrom('', '', ' ', '$', '!', '"', "'", '\n'), letter(0x40, 0x7e))
      .map(([between, final]) => `${opening}${prefix}${some}${last}${between}${final}`),
  )
const ending = fc.constantFrom('\u0007', '\u001b\\', '\u009c', '', '', '\u0018', '\u001b[31m', '\u001b]')
const payload = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('52;c;?', '8;;http://x', '4;1;?', '0;title', '$qm', '?'),
  fc.constantFrom(300, LONGEST_STRING + 10).map((length) => 'y'.repeat(length)),
)
const string = fc
  .tuple(
    fc.constantFrom('\u001b]', '\u001bP', '\u001b_', '\u001b^', '\u001bX', '\u009d', '\u0090', '\u009f'),
    payload,
    ending,
  )
  .map((parts) => parts.join(''))
const other = fc.oneof(
  fc.constantFrom(
    '\u001bc',
    '\u001b7',
    '\u001b8',
    '\u001b#8',
    '\u001b(0',
    '\u000e',
    '\u001b',
    '\u001b[',
    '\u009b1',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  letter(0, 0xa0),
)
/** What moves letters over the edges of a line, and leaves half of a wide one. */
const edge = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      '好',
      '🐳',
      'e\u0301',
      '\r',
      '\n',
      '\b',
      '\t',
      '\u001b[K',
      '\u001b[1J',
      '\u001b[C',
      '\u001b[A',
      '\u001b[3X',
      '\u001b[@',
      '\u001b[P',
      '\u001b[L',
      '\u001b[?7l',
      '\u001b[5b',
      '\u001b[41m',
      '\u001b[m',
      '\u001b[999;999H',
      '\u001b[4h',
    ),
    { maxLength: 40 },
  )
  .map((all) => all.join(''))
const flood = fc
  .tuple(fc.oneof(csi, other, fc.constant('line\r\n')), fc.integer({ min: 1, max: 100 }))
  .map(([piece, times]) => piece.repeat(times))
const output = fc
  .array(fc.oneof(csi, csi, string, other, edge, flood), { maxLength: 12 })
  .map((all) => all.join(''))
const cuts = fc.array(fc.nat(), { maxLength: 12 })

/** Cut between bytes, also in the middle of a character. */
function pieces(text: string, at: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text)
  const places = [...new Set(at.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length))
}

const tooLarge = new RegExp(
  `(?:\\u001b\\[|\\u009b)[0-?]*?[0-9]{${String(LARGEST_NUMBER).length + 1}}[0-?]*[@-~]`,
)

test('the guard passes only what is whole and small', { timeout: fuzzTimeout() }, async () => {
  await fuzz('escape guard', fc.tuple(output, cuts), ([text, at]) => {
    const [guard, atOnce] = [new EscapeGuard(), new EscapeGuard()]
    const whole = pieces(text, at).map((piece) => guard.push(piece.toString('latin1')))
    expect(whole.join('')).toBe(atOnce.push(Buffer.from(text).toString('latin1')))
    for (const piece of whole) {
      expect(piece.replace(/0{2,}(?=\d)/g, '')).not.toMatch(tooLarge)
      expect(new EscapeGuard().push(`${piece}x`).endsWith('x')).toBe(true)
    }
  })
})

const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/gu

/** The lines that are not empty, as they are seen. */
const seen = (lines: readonly string[]) =>
  lines.map((line) => line.replace(NO_WIDTH, '').trimEnd()).filter((line) => line.trim())

/**
 * A letter without a width at the beginning of a line takes a cell that no text can fill again, so the lines behind it
 * may break elsewhere. Their letters are the same.
 */
const compared = (lines: readonly string[], text: string) =>
  text.search(NO_WIDTH) >= 0 ? lines.join('').replace(/\s/g, '') : lines

/** What a page shows that draws a snapshot. */
async function drawn({ data, cols, rows }: { data: string; cols: number; rows: number }): Promise<string[]> {
  const page = new xterm.Terminal({ cols, rows, scrollback: 50, logLevel: 'off', allowProposedApi: true })
  eraseSafely(page)
  await new Promise<void>((done) => page.write(data, done))
  const { active } = page.buffer
  const lines = Array.from(
    { length: active.length },
    (_, row) => active.getLine(row)?.translateToString(true) ?? '',
  )
  page.dispose()
  return seen(lines)
}

function snapshotOf(terminal: Terminal): Promise<Extract<TerminalFrame, { kind: 'snapshot' }>> {
  return new Promise((resolve) => {
    const attachment = terminal.attach((frame) => {
      if (frame.kind !== 'snapshot') return
      resolve(frame)
      queueMicrotask(() => attachment.detach())
    })
  })
}

const extreme = fc.constantFrom([2, 1], [1000, 1], [2, 300], [80, 24], [300, 100])

test('a terminal takes everything, and its snapshot can be drawn again', {
  timeout: fuzzTimeout(),
}, async () => {
  await fuzz('terminal', fc.tuple(output, cuts, extreme, extreme), async ([text, at, first, then]) => {
    const [cols = 80, rows = 24] = first
    const shell = new FakeShell()
    const terminal = new Terminal({
      shell,
      size: { cols, rows },
      node: 'n',
      title: 'n',
      scrollback: 50,
      screens,
    })
    for (const [index, piece] of pieces(text, at).entries()) {
      shell.print(piece)
      if (index === 1) await terminal.resize({ cols: then[0] ?? 80, rows: then[1] ?? 24 })
    }
    // Nothing of it is parsed here, so a turn of the event loop comes while the thread works.
    await new Promise((resolve) => setImmediate(resolve))
    const snapshot = await snapshotOf(terminal)
    expect(snapshot.data).not.toContain('this screen was lost')
    const kept = seen(await terminal.lastLines(1_000))
    expect(compared(await drawn(snapshot), text)).toEqual(compared(kept, text))
    expect(shell.typed).toEqual([])
    await terminal.close()
  })
})
