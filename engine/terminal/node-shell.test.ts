import { describe, expect, test, vi } from 'vitest'
import type { TtyOptions } from '../docker'
import { FakeTty } from './fake-tty.test-kit'
import { endStrayShells, openNodeShell } from './node-shell'

const RESULT = { exitCode: 0, stdout: '', stderr: '' }

async function open() {
  const opened: FakeTty[] = []
  const exec = vi.fn(async (_cmd: readonly string[]) => RESULT)
  const openTty = async (containerId: string, options: TtyOptions) => {
    expect(containerId).toBe('c1')
    const tty = new FakeTty(options)
    opened.push(tty)
    return tty
  }
  const node = { name: 'node1', containerId: 'c1', exec, outer: { execs: { openTty } } }
  const shell = await openNodeShell(node, { id: 'abc', cwd: '/root', cols: 80, rows: 24 })
  const [tty] = opened
  if (!tty) throw new Error('no terminal was opened')
  return { shell, tty, exec }
}

test('a shell has its size, its folder and its id from the start', async () => {
  const { tty } = await open()
  expect(tty.options).toMatchObject({
    cols: 80,
    rows: 24,
    cwd: '/root',
    env: { TERM: 'xterm-256color', HOME: '/root', CAPSTAN_TERMINAL: 'abc' },
  })
})

test('output comes out and keys go in', async () => {
  const { shell, tty } = await open()
  const output: string[] = []
  shell.onData((chunk) => output.push(chunk.toString()))
  tty.print('hello')
  await vi.waitUntil(() => output.length > 0)
  expect(output).toEqual(['hello'])
  shell.write('ls\r')
  expect(tty.typed).toEqual(['ls\r'])
})

test('a paused shell holds its output back', async () => {
  const { shell, tty } = await open()
  const output: string[] = []
  shell.onData((chunk) => output.push(chunk.toString()))
  shell.pause()
  tty.print('later')
  await new Promise((resolve) => setImmediate(resolve))
  expect(output).toEqual([])
  shell.resume()
  await vi.waitUntil(() => output.length > 0)
})

test('a new size is passed on, and a refusal of it is not an error', async () => {
  const { shell, tty } = await open()
  await shell.resize({ cols: 100, rows: 30 })
  expect(tty.sizes).toEqual([[100, 30]])
  tty.refusesSizes = true
  await shell.resize({ cols: 10, rows: 3 })
})

describe('the end of a shell', () => {
  test.each<[string, FakeTty['codes'], number]>([
    ['is its exit code', [7], 7],
    ['is waited for when the engine has not noticed it yet', [null, null, 3], 3],
    ['is unknown when the engine cannot be asked', [new Error('the node has stopped')], -1],
    ['is unknown when the engine never notices it', [null], -1],
  ])('%s', async (_what, codes, expected) => {
    const { shell, tty } = await open()
    shell.onData(() => undefined)
    tty.end()
    tty.codes = codes
    expect(await shell.ended).toBe(expected)
  })

  test('also comes when the connection breaks', async () => {
    const { shell, tty } = await open()
    tty.stream.destroy(new Error('connection reset'))
    expect(await shell.ended).toBe(0)
  })

  test('makes keys vanish instead of failing', async () => {
    const { shell, tty } = await open()
    tty.stream.destroy()
    await shell.ended
    shell.write('ls\r')
    expect(tty.typed).toEqual([])
  })
})

test('a kill ends what the shell has started, and then its connection', async () => {
  const { shell, tty, exec } = await open()
  await shell.kill()
  expect(exec.mock.calls[0]?.[0].at(-1)).toBe('/run/capstan/terminals/abc')
  expect(tty.stream.destroyed).toBe(true)
  await shell.ended
})

test('a kill in a node that has stopped still ends the shell', async () => {
  const { shell, exec } = await open()
  exec.mockRejectedValue(new Error('the node has stopped'))
  await shell.kill()
  await shell.ended
})

test('stray shells are all those that have left their id in the node', async () => {
  const exec = vi.fn(async (_cmd: readonly string[]) => RESULT)
  await endStrayShells({ exec })
  expect(exec.mock.calls[0]?.[0]).toEqual([
    'bash',
    '-c',
    expect.stringContaining('set -- /run/capstan/terminals/*;'),
  ])
})
