import { beforeEach, describe, expect, test } from 'vitest'
import { FakeSessions, FakeTerminal } from '../../../test/fakes/sessions'
import type { TerminalFrame, TerminalView } from '../../api'
import { Terminals, type TerminalsOptions } from './terminals'

const SIZE = { cols: 100, rows: 30 }
let sessions: FakeSessions
let hosts: FakeTerminal[]

beforeEach(() => {
  sessions = new FakeSessions()
  sessions.add('lab')
  sessions.add('other')
  hosts = []
})

function terminals(options: Partial<TerminalsOptions> = {}): Terminals {
  return new Terminals({
    sessions: () => sessions,
    isDesktop: true,
    isHostAllowed: () => true,
    scrollback: () => 700,
    openHost: async (size) => {
      const terminal = new FakeTerminal(`h${hosts.length + 1}`, null)
      terminal.size = size
      hosts.push(terminal)
      return terminal
    },
    ...options,
  })
}

test('a terminal in a node belongs to its session', async () => {
  const all = terminals()
  const view = await all.open('s-lab', 'node1', SIZE)
  const expected = { id: 's-lab-t1', sessionId: 's-lab', node: 'node1', title: 'node1', exitCode: null }
  expect(view).toEqual(expected)
  expect(all.list('s-lab')).toEqual([expected])
  expect(all.list('s-other')).toEqual([])
  expect(sessions.get('s-lab').shells[0]?.size).toMatchObject(SIZE)
})

test('a new terminal keeps as many lines as the settings say at that moment', async () => {
  let lines = 700
  const all = terminals({ scrollback: () => lines })
  await all.open('s-lab', 'node1', SIZE)
  lines = 90_000
  await all.open('s-lab', null, SIZE)
  expect(sessions.get('s-lab').shells[0]?.size).toEqual({ ...SIZE, scrollback: 700 })
  expect(hosts[0]?.size).toEqual({ ...SIZE, scrollback: 90_000 })
})

test.each(['s-lab', 's-none'])('a node or a session that is not there is refused: %s', async (sessionId) => {
  await expect(terminals().open(sessionId, 'node9', SIZE)).rejects.toMatchObject({ code: 'not-found' })
})

test('input, size and acknowledgement reach the terminal, wherever it is', async () => {
  const all = terminals()
  await all.open('s-lab', 'node1', SIZE)
  await all.open('s-lab', null, SIZE)
  for (const id of ['s-lab-t1', 'h1']) {
    const stop = all.output(id, () => undefined)
    all.write(id, 'ls\r')
    await all.resize(id, { cols: 50, rows: 10 })
    all.acknowledge(id, 7)
    stop()
    all.acknowledge(id, 9)
  }
  for (const terminal of [...sessions.get('s-lab').shells, ...hosts]) {
    expect(terminal.written).toEqual(['ls\r'])
    expect(terminal.size).toEqual({ cols: 50, rows: 10 })
    expect(terminal.acknowledged).toEqual([7])
    expect(terminal.pages.size).toBe(0)
  }
})

test('with two pages on one terminal each acknowledges, until it leaves', async () => {
  const all = terminals()
  await all.open('s-lab', 'node1', SIZE)
  const frames: TerminalFrame[] = []
  const [stopFirst, stopSecond] = [1, 2].map(() => all.output('s-lab-t1', (frame) => frames.push(frame)))
  all.acknowledge('s-lab-t1', 5)
  stopFirst?.()
  all.acknowledge('s-lab-t1', 6)
  stopSecond?.()
  expect(sessions.get('s-lab').shells[0]?.acknowledged).toEqual([5, 5, 6])
  expect(frames.map(({ kind }) => kind)).toEqual(['snapshot', 'snapshot'])
})

test.each(['write', 'resize', 'output'] as const)('%s to a closed terminal says so', async (call) => {
  const all = terminals()
  await all.open('s-lab', 'node1', SIZE)
  await all.close('s-lab-t1')
  const calls = {
    write: () => all.write('s-lab-t1', 'x'),
    resize: () => all.resize('s-lab-t1', SIZE),
    output: () => all.output('s-lab-t1', () => undefined),
  }
  await expect(async () => await calls[call]()).rejects.toMatchObject({
    code: 'not-found',
    message: 'This terminal is closed.',
  })
})

test('closing a terminal that is closed already is no error', async () => {
  const all = terminals()
  await all.open('s-lab', null, SIZE)
  await all.close('h1')
  await all.close('h1')
  await all.close('never-there')
  expect(hosts[0]?.isClosed).toBe(true)
})

describe('the shell on this computer', () => {
  test.each([
    [{ isDesktop: false }, 'It is offered by the desktop app only.'],
    [{ isHostAllowed: () => false }, 'Allow it in the settings.'],
  ])('is refused where it is not allowed', async (options, help) => {
    await expect(terminals(options).open('s-lab', null, SIZE)).rejects.toMatchObject({
      code: 'capability-missing',
      help,
    })
    expect(hosts).toEqual([])
  })

  test('is listed with the session in which it was opened, and closed with it', async () => {
    const all = terminals()
    await all.open('s-lab', null, SIZE)
    await all.open('s-other', null, SIZE)
    expect(all.list('s-lab').map(({ id, node }) => [id, node])).toEqual([['h1', null]])
    await all.closeSession('s-lab')
    expect(hosts.map(({ isClosed }) => isClosed)).toEqual([true, false])
    expect(all.list('s-other').map(({ id }) => id)).toEqual(['h2'])
    expect(() => all.write('h1', 'x')).toThrow('This terminal is closed.')
  })

  test('is closed at once when its session was stopped while it started', async () => {
    const opened = new FakeTerminal('late', null)
    const all = terminals({
      openHost: async () => {
        await sessions.stop('s-lab')
        return opened
      },
    })
    await expect(all.open('s-lab', null, SIZE)).rejects.toMatchObject({ code: 'not-found' })
    expect(opened.isClosed).toBe(true)
  })

  test('is closed when the app ends, also when another one cannot be closed', async () => {
    const all = terminals()
    await all.open('s-lab', null, SIZE)
    await all.open('s-lab', null, SIZE)
    const [first] = hosts
    if (first) first.close = () => Promise.reject(new Error('stuck'))
    await all.dispose()
    expect(hosts[1]?.isClosed).toBe(true)
  })
})

test('a watcher gets the list now, and again only when it differs', async () => {
  const all = terminals()
  const seen: string[][] = []
  const stop = all.watch('s-lab', (views: TerminalView[]) => seen.push(views.map(({ id }) => id)))
  sessions.get('s-lab').change({ notice: 'nothing about terminals' })
  await all.open('s-lab', 'node1', SIZE)
  await all.open('s-lab', null, SIZE)
  await all.open('s-other', null, SIZE)
  await all.close('h1')
  stop()
  await all.close('s-lab-t1')
  expect(seen).toEqual([[], ['s-lab-t1'], ['s-lab-t1', 'h1'], ['s-lab-t1']])
})
