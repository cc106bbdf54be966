import serialize from '@xterm/addon-serialize'
import xterm from '@xterm/headless'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Backlog } from './backlog'
import { Feed } from './feed'
import { withoutPassing } from './passing'

const size = { cols: 12, rows: 4, scrollback: 6 }

function screen() {
  const terminal = new xterm.Terminal({ ...size, allowProposedApi: true })
  const serializer = new serialize.SerializeAddon()
  terminal.loadAddon(serializer as never)
  const state = () => {
    const { cursorX, cursorY, baseY, type } = terminal.buffer.active
    return { text: serializer.serialize(), cursorX, cursorY, baseY, type }
  }
  return { terminal, state }
}

async function shown(...texts: string[]) {
  const { terminal, state } = screen()
  for (const text of texts) await new Promise<void>((done) => terminal.write(text, done))
  return state()
}

const flood = fc
  .tuple(
    fc.constantFrom(
      'short',
      'a line that wraps',
      '',
      '\u001b[1;32mlook\u001b[0m',
      '\u001b[45mbeyond',
      '\u001b[4mx\u001b[m',
    ),
    fc.integer({ min: 1, max: 60 }),
  )
  .map(([line, count]) => Array.from({ length: count }, (_, at) => `${line}${at}\r\n`).join(''))
const control = fc.constantFrom(
  '\u001b[2;3r', // a region that scrolls on its own
  '\u001b[r',
  '\u001b[3;5H',
  '\u001b[?1049h',
  '\u001b[?1049l',
  '\u001b[31m',
  '\u001b[1;44m',
  '\u001b[0m',
  '\u001b[m',
  '\u001b[?6h',
  '\u001b[4h',
  '\u001b[?7l',
  '\u001b(0',
  '\u000e',
  '\b',
  '\u001bM',
)
const words = fc.constantFrom('word', '\ttab', 'é✓', '好', 'half\r', 'feed\n', '\r\n')

test('a screen looks the same without the lines that only passed', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(flood, control, words), { maxLength: 12 }), async (pieces) => {
      const text = pieces.join('')
      expect(await shown(withoutPassing(text, size))).toEqual(await shown(text))
    }),
    { numRuns: 200 },
  )
})

test('a flood becomes small, and what is no flood stays as it is', () => {
  const lines = Array.from({ length: 1000 }, (_, line) => `${line}\r\n`)
  const kept = withoutPassing(`\u001b[1m${lines.join('')}$ `, size)
  expect(kept).toBe(`\u001b[1m${[...lines.slice(0, 4), ...lines.slice(-10)].join('')}$ `)
  const few = lines.slice(0, 10).join('')
  expect(withoutPassing(few, size)).toBe(few)
})

test('of the looks that pass, those are kept that still hold after them', () => {
  const lines = (count: number, line: string) => `${line}\r\n`.repeat(count)
  const kept = (text: string) => withoutPassing(text, size)
  const [head, tail] = [lines(4, 'x'), lines(10, 'x')]
  const middle = (look: string) => `\u001b[1m${lines(50, 'x')}${look}${lines(50, 'x')}`
  expect(kept(`${head}${middle('\u001b[32m')}${tail}`)).toBe(`${head}\u001b[1m\u001b[32m${tail}`)
  expect(kept(`${head}${middle('\u001b[0m\u001b[32m')}${tail}`)).toBe(`${head}\u001b[0m\u001b[32m${tail}`)
})

test('a screen that gets what a backlog lets through looks as with the whole text', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.oneof(flood, control, words), fc.boolean()), { maxLength: 8 }),
      async (pieces) => {
        const backlog = new Backlog(() => size)
        const taken = pieces.map(([piece, isTaken]) => {
          // So much that it is thinned while it waits.
          backlog.push(isTaken ? piece : piece.repeat(Math.ceil(450_000 / piece.length)))
          return isTaken ? backlog.take() : ''
        })
        const whole = pieces.map(([piece, isTaken]) =>
          isTaken ? piece : piece.repeat(Math.ceil(450_000 / piece.length)),
        )
        expect(await shown(...taken, backlog.take())).toEqual(await shown(...whole))
      },
    ),
    { numRuns: 10 },
  )
})

test('a flood that waits stays small', () => {
  const backlog = new Backlog(() => size)
  for (let line = 0; line < 400_000; line++) backlog.push(`${line}\r\n`)
  expect(backlog.length).toBeLessThan(450_000)
  expect(backlog.take().endsWith('399999\r\n')).toBe(true)
  expect(backlog.length).toBe(0)
})

test('the feed tells of every character, and a flush comes before what is written next', async () => {
  const { terminal, state } = screen()
  let drawn = 0
  const feed = new Feed(terminal, (chars) => {
    drawn += chars
  })
  const lines = Array.from({ length: 500 }, (_, line) => `${line}\r\n`)
  for (const line of lines) feed.push(line)
  feed.flush()
  await new Promise<void>((done) => terminal.write('end', done))
  expect(drawn).toBe(lines.join('').length)
  expect(state()).toEqual(await shown(...lines, 'end'))
})
