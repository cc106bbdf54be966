import { beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import { FakeSessions } from '../../../test/fakes/sessions'
import { CommandNodes } from './command-nodes'

const COMMAND = { title: 'Item 1', command: { checks: [], solution: 'a', mistakes: [] } }

let sessions: FakeSessions
let engine: FakeSessions | null
let nodes: CommandNodes
/** What would be called after a while. */
let alarms: Set<() => void>
beforeEach(() => {
  sessions = new FakeSessions()
  engine = sessions
  alarms = new Set()
  const alarm = (ring: () => void) => {
    alarms.add(ring)
    return () => void alarms.delete(ring)
  }
  nodes = new CommandNodes({ sessions: () => engine, onError: () => undefined, alarm })
})
const ring = () => {
  for (const one of alarms) one()
}
const open = () => [...sessions.open.keys()]

test('an item has one node, however often it is asked for', async () => {
  await Promise.all([nodes.take('a', 0, COMMAND), nodes.take('a', 0, COMMAND)])
  expect(open()).toHaveLength(1)
  expect(nodes.sessionOf('a', 0)).toBe(open()[0])
  expect(nodes.sessionOf('a', 1)).toBeNull()
  expect(nodes.sessionOf('b', 0)).toBeNull()
})

test('the node of an item goes when another item gets one, when the item is left, and at the end', async () => {
  await nodes.take('a', 0, COMMAND)
  await nodes.take('a', 2, COMMAND)
  expect(nodes.sessionOf('a', 0)).toBeNull()
  expect(open()).toHaveLength(1)
  await nodes.leave('a', 2)
  expect(open()).toHaveLength(1)
  await nodes.leave('a', 3)
  expect(open()).toEqual([])
  await nodes.take('a', 3, COMMAND)
  await nodes.take('b', 0, COMMAND)
  await nodes.dispose()
  expect(open()).toEqual([])
})

test('an item that is left while its node is on its way gets none', async () => {
  const taking = nodes.take('a', 0, COMMAND)
  await Promise.all([taking, nodes.leave('a', 1)])
  expect(open()).toEqual([])
})

test('a node goes some time after the last page that shows its attempt, unless one comes back', async () => {
  const [first, second] = [nodes.shown('a'), nodes.shown('a')]
  await nodes.take('a', 0, COMMAND)
  first()
  expect(alarms.size).toBe(0)
  second()
  const again = nodes.shown('a')
  expect(alarms.size).toBe(0)
  again()
  ring()
  await expect.poll(open).toEqual([])
})

test('a page that goes while its node is on its way leaves none behind', async () => {
  const hidden = nodes.shown('a')
  const taking = nodes.take('a', 0, COMMAND)
  hidden()
  await taking
  ring()
  await expect.poll(open).toEqual([])
})

test('no alarm is left when the nodes are given back', async () => {
  const hidden = nodes.shown('a')
  await nodes.take('a', 0, COMMAND)
  hidden()
  await nodes.dispose()
  expect(alarms.size).toBe(0)
})

test('without an engine no node is given, and the way out is told', async () => {
  engine = null
  await expect(nodes.take('a', 0, COMMAND)).rejects.toMatchObject({
    code: 'no-engine',
    help: expect.stringMatching(/skip/),
  })
  expect(nodes.sessionOf('a', 0)).toBeNull()
})

describe('judging', () => {
  const session = () => sessions.get(nodes.sessionOf('a', 0) ?? '')

  test('gives what the checks found, and gives the node back', async () => {
    await nodes.take('a', 0, COMMAND)
    session().grades = [
      { name: 'It runs', state: 'green', expected: 'running', found: 'running', explanation: '' },
      { name: 'It listens', state: 'missing', expected: '80', found: 'nothing', explanation: 'No port.' },
    ]
    expect(await nodes.judge('a', 0)).toEqual([
      { name: 'It runs', green: true, expected: 'running', found: 'running', explanation: '' },
      { name: 'It listens', green: false, expected: '80', found: 'nothing', explanation: 'No port.' },
    ])
    expect(open()).toEqual([])
  })

  test('without a node, or with one that is broken, nothing is judged', async () => {
    await expect(nodes.judge('a', 0)).rejects.toMatchObject({ code: 'session-state' })
    await nodes.take('a', 0, COMMAND)
    session().state = 'broken'
    await expect(nodes.judge('a', 0)).rejects.toMatchObject({ code: 'session-state' })
    expect(open()).toEqual([])
  })

  test('work that cannot be ended makes the item wrong, and an engine that goes away does not', async () => {
    await nodes.take('a', 0, COMMAND)
    session().gradeFault = new CapstanError('work-goes-on', 'It could not be ended.')
    expect(await nodes.judge('a', 0)).toMatchObject([{ green: false, explanation: 'It could not be ended.' }])
    await nodes.take('a', 0, COMMAND)
    session().gradeFault = new CapstanError('engine-gone', 'The engine went away.')
    await expect(nodes.judge('a', 0)).rejects.toMatchObject({ code: 'engine-gone' })
  })
})
