import type { ITerminalOptions } from '@xterm/xterm'
import { expect, test } from 'vitest'
import type { Client, Contract } from '../../main/api'
import { receiver } from './receiver'

/** A screen that draws at once, and a host that keeps what it hears. */
function wired({ fails = false } = {}) {
  const heard: unknown[] = []
  const drawn: string[] = []
  const options: ITerminalOptions = { scrollback: 100 }
  const screen = {
    cols: 80,
    rows: 24,
    options,
    write: (data: string | Uint8Array, done?: () => void) => {
      drawn.push(String(data))
      done?.()
    },
    reset: () => void drawn.push('RESET'),
  }
  const call: Client<Contract>['call'] = async (name, input) => {
    heard.push([name, input])
    throw new Error(fails ? 'gone' : 'no answer is needed')
  }
  return { heard, drawn, receive: receiver(screen, { api: { call }, terminalId: 't1' }) }
}

test('a snapshot replaces the screen, and tells the host the size of this one', () => {
  const { receive, drawn, heard } = wired()
  receive({ kind: 'snapshot', data: 'before', cols: 10, rows: 5 })
  expect(drawn).toEqual(['RESET', 'before'])
  expect(heard).toEqual([['terminal.resize', { terminalId: 't1', cols: 80, rows: 24 }]])
})

test('data is drawn in its order', () => {
  const { receive, drawn } = wired()
  receive({ kind: 'data', data: 'a' })
  receive({ kind: 'data', data: 'b' })
  expect(drawn.join('')).toBe('ab')
})

test('what follows the end of a shell is drawn after what came before', () => {
  const { receive, drawn } = wired()
  receive({ kind: 'data', data: 'last words' })
  receive({ kind: 'exit', code: 130 })
  receive({ kind: 'data', data: ', and first ones' })
  expect(drawn.join('')).toBe('last words, and first ones')
})

test('what is drawn is acknowledged in large pieces, none of it twice', () => {
  const { receive, heard } = wired()
  receive({ kind: 'data', data: 'x'.repeat(4_999) })
  expect(heard).toEqual([])
  receive({ kind: 'data', data: 'y' })
  receive({ kind: 'data', data: 'z'.repeat(6_000) })
  expect(heard).toEqual([
    ['terminal.ack', { terminalId: 't1', chars: 5_000 }],
    ['terminal.ack', { terminalId: 't1', chars: 6_000 }],
  ])
})

test('a new snapshot starts the count again: the host has forgotten what was outstanding', () => {
  const { receive, heard } = wired()
  receive({ kind: 'data', data: 'x'.repeat(4_000) })
  receive({ kind: 'snapshot', data: '', cols: 80, rows: 24 })
  receive({ kind: 'data', data: 'y'.repeat(4_000) })
  expect(heard.filter((one) => JSON.stringify(one).includes('ack'))).toEqual([])
})

test('a host that is gone does not stop the drawing', () => {
  const { receive, drawn } = wired({ fails: true })
  receive({ kind: 'snapshot', data: 'a', cols: 80, rows: 24 })
  receive({ kind: 'data', data: 'b' })
  expect(drawn).toEqual(['RESET', 'a', 'b'])
})
