import { expect, test, vi } from 'vitest'
import type { TtyOptions } from '../docker'
import { FakeTty } from './fake-tty.test-kit'
import { openTerminal } from './index'

async function opened(scrollback?: number) {
  const ttys: FakeTty[] = []
  const node = {
    name: 'node1',
    containerId: 'c1',
    exec: async () => ({ exitCode: 0, stdout: '', stderr: '' }),
    outer: {
      execs: {
        openTty: async (_id: string, options: TtyOptions) => {
          const tty = new FakeTty(options)
          ttys.push(tty)
          return tty
        },
      },
    },
  }
  const terminal = await openTerminal(node, { cols: 80, rows: 24, ...(scrollback && { scrollback }) })
  return { terminal, tty: ttys[0] }
}

test('a terminal carries the name of its node, and its shell knows the id', async () => {
  const { terminal, tty } = await opened()
  expect(terminal).toMatchObject({ node: 'node1', title: 'node1' })
  expect(tty?.options.env?.CAPSTAN_TERMINAL).toBe(terminal.id)
  await terminal.close()
})

test.each([
  [100, 123],
  [6_000, 6_023],
  [undefined, 5_023],
])('a terminal with a scrollback of %s keeps %i of 7,000 lines', async (scrollback, count) => {
  const { terminal, tty } = await opened(scrollback)
  for (let line = 1; line <= 7_000; line++) tty?.print(`${line}\r\n`)
  await vi.waitUntil(async () => (await terminal.lastLines(1))[0] === '7000', { timeout: 10_000 })
  const snapshot = await new Promise<string>((resolve) => {
    terminal.attach((frame) => frame.kind === 'snapshot' && resolve(frame.data))
  })
  expect(snapshot.match(/\d+\r\n/g)).toHaveLength(count)
  await terminal.close()
})
