import { describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { aLab } from './labs.test-kit'
import { gate, openSession, runningSession } from './session.test-kit'

const size = { cols: 80, rows: 24 }

describe('the nodes', () => {
  test('are switched, and their state is shown', async () => {
    const { session, topologies } = await runningSession()
    await session.switchNode('node1', 'cut')
    expect(topologies.latest.acts).toEqual(['cut node1'])
    expect(session.snapshot().nodes[0]?.state).toBe('cut')
  })

  test.each([
    ['stop', false],
    ['kill', false],
    ['restart', true],
    ['cut', true],
    ['rejoin', true],
    ['start', true],
  ] as const)('keep their terminal after "%s"; its shell runs: %s', async (action, runs) => {
    const { session } = await runningSession()
    const terminal = await session.openTerminal('node1', size)
    await session.switchNode('node1', action)
    expect(session.terminals()).toEqual([terminal])
    await expect.poll(() => terminal.exitCode === null).toBe(runs)
  })

  test('that stop and come back without our doing end their shells, and give them new ones', async () => {
    const { session, topologies } = await runningSession()
    const terminal = await session.openTerminal('node1', size)
    topologies.latest.node('node1').current = 'stopped'
    session.nodeChanged('node1', 'stopped')
    await expect.poll(() => terminal.exitCode).not.toBeNull()
    topologies.latest.node('node1').current = 'running'
    session.nodeChanged('node1', 'running')
    await expect.poll(() => terminal.exitCode).toBeNull()
    expect(session.terminals()).toEqual([terminal])
  })

  test('give an ended shell a new one when the student asks for it', async () => {
    const { session } = await runningSession()
    const terminal = await session.openTerminal('node1', size)
    await terminal.hangUp()
    await session.renewTerminal(terminal.id)
    expect(terminal.exitCode).toBeNull()
    await expect(session.renewTerminal('none')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('keep the terminals of other nodes when one is switched off', async () => {
    const nodes = ['node1', 'node2'].map((name) => ({ name, swarm: 'none' as const, networks: ['lab'] }))
    const { session } = await runningSession({ lab: aLab({ nodes }) })
    const terminal = await session.openTerminal('node1', size)
    const other = await session.openTerminal('node2', size)
    await session.switchNode('node1', 'stop')
    expect(terminal.exitCode).not.toBeNull()
    expect(other.exitCode).toBeNull()
  })

  test('are looked at again when a switch fails', async () => {
    const { session, topologies } = await runningSession()
    topologies.latest.onAct = () => {
      topologies.latest.node('node1').current = 'stopped'
      throw new CapstanError('node-gone', 'it did not come up')
    }
    await expect(session.switchNode('node1', 'restart')).rejects.toMatchObject({ code: 'node-gone' })
    expect(session.snapshot()).toMatchObject({ state: 'running', nodes: [{ state: 'stopped' }] })
  })

  test('are not touched when the name is unknown', async () => {
    const { session, topologies } = await runningSession()
    await expect(session.switchNode('node7', 'kill')).rejects.toMatchObject({ code: 'not-found' })
    expect(topologies.latest.acts).toEqual([])
  })

  test('are switched one after the other, and not during a reset', async () => {
    const { session, topologies } = await runningSession()
    const switching = gate()
    topologies.latest.onAct = async () => await switching.opened
    const first = session.switchNode('node1', 'stop')
    const reset = session.reset()
    await expect.poll(() => topologies.latest.acts).toEqual(['stop node1'])
    expect(topologies.log).toEqual(['take t1'])
    switching.open()
    await Promise.all([first, reset])
    expect(topologies.log).toEqual(['take t1', 'remove t1', 'take t2'])
  })

  test('change by themselves, and the session shows it', async () => {
    const { session } = await runningSession()
    session.nodeChanged('node1', 'stopped')
    expect(session.snapshot().nodes[0]?.state).toBe('stopped')
  })

  test('are not shown as stopped because a reset removes them', async () => {
    const { session, topologies } = await runningSession()
    topologies.onRemove = () => session.nodeChanged('node1', 'stopped')
    topologies.onTake = () => expect(session.snapshot().nodes[0]?.state).toBe('starting')
    await session.reset()
    expect(session.snapshot().nodes[0]?.state).toBe('running')
  })

  test('cannot be used while they are being built', async () => {
    const { session } = openSession()
    await expect(session.openTerminal('node1', size)).rejects.toMatchObject({
      code: 'session-state',
      message: 'This lab is starting just now.',
    })
    await expect(session.switchNode('node1', 'stop')).rejects.toMatchObject({ code: 'session-state' })
  })
})

test('a terminal is opened in its node and closed by its id', async () => {
  const { session, topologies } = await runningSession()
  const terminal = await session.openTerminal('node1', { ...size, scrollback: 7 })
  expect(topologies.latest.node('node1').ttys[0]?.options).toMatchObject(size)
  await session.closeTerminal(terminal.id)
  expect(session.terminals()).toEqual([])
  await expect(session.closeTerminal(terminal.id)).rejects.toMatchObject({ code: 'not-found' })
})
