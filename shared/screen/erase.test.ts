import xterm from '@xterm/headless'
import { describe, expect, test } from 'vitest'
import { eraseSafely } from './erase'

function screen(isSafe = true) {
  const terminal = new xterm.Terminal({ cols: 4, rows: 3, logLevel: 'off', allowProposedApi: true })
  if (isSafe) eraseSafely(terminal)
  return terminal
}

async function shown(terminal: xterm.Terminal, text: string): Promise<string[]> {
  await new Promise<void>((done) => terminal.write(text, done))
  const { active } = terminal.buffer
  return [0, 1, 2].map((row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '')
}

const FULL = 'aaaabbbbcccc'

describe.each(['\u001b[1J', '\u001b[?1J'])('%j', (erase) => {
  test.each(['', '\u001b[?1049h'])(
    'erases all when the cursor is in the last cell, after %j',
    async (buffer) => {
      expect(await shown(screen(), `${buffer}${FULL}${erase}`)).toEqual(['', '', ''])
    },
  )

  test('erases all with lines above the screen', async () => {
    expect(await shown(screen(), `x\r\ny\r\n${FULL}${erase}`)).toEqual(['', '', ''])
  })

  test.each([
    ['in the middle', '\u001b[2;2H', ['', '  bb', 'cccc']],
    ['at the end of another line', '\u001b[2;4H', ['', '', 'cccc']],
    ['before the last cell', '\u001b[3;3H', ['', '', '   c']],
  ])('is left to xterm.js %s', async (_, move, lines) => {
    const text = `${FULL}${move}${erase}`
    expect(await shown(screen(), text)).toEqual(lines)
    expect(await shown(screen(false), text)).toEqual(lines)
  })

  test('goes on with the text behind it', async () => {
    expect(await shown(screen(), `${FULL}${erase}\u001b[Hend`)).toEqual(['end', '', ''])
  })
})

test.each(['J', '0J', '2J', '3J'])('%s is left to xterm.js in the last cell', async (erase) => {
  const text = `${FULL}\u001b[${erase}`
  expect(await shown(screen(), text)).toEqual(await shown(screen(false), text))
})
