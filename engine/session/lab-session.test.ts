import { describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { FakeTopologies } from './fakes.test-kit'
import { aLab, aStep } from './labs.test-kit'
import { recordsInMemory } from './record'
import { gate, type OpenOptions, openSession, runningSession, untilAborted } from './session.test-kit'

const size = { cols: 80, rows: 24 }

/** An earlier process has left a session with its nodes. */
function left(options: OpenOptions = {}) {
  const lab = options.lab ?? aLab()
  const topologies = new FakeTopologies()
  const topology = topologies.leave('old', lab)
  const record = { prepared: true, topologyId: 'old', ...options.record }
  return { topology, ...openSession({ lab, topologies, ...options, record }) }
}

describe('a start', () => {
  test('builds the nodes, runs the set-up and opens the first step', async () => {
    const lab = aLab({
      setup: [{ on: 'node1', file: 'setup.sh', text: 'the set-up' }],
      files: [{ from: '/labs/lab/page', to: '/root/page', on: 'node1', hash: 'hash of the page' }],
    })
    const { session, topologies, saved } = openSession({ lab })
    const seen: (string | null)[] = []
    session.onChange(() => seen.push(session.snapshot().activity))
    await session.start()
    expect(session.snapshot()).toMatchObject({
      id: 's1',
      labId: 'lab',
      state: 'running',
      activity: null,
      currentStep: 'one',
      completed: false,
      problem: null,
      nodes: [{ name: 'node1', state: 'running', ports: [], trouble: null }],
    })
    expect(topologies.latest.node('node1').calls).toEqual([
      'copy /labs/lab/page /root/page hash of the page',
      'script the set-up',
    ])
    expect(await saved()).toMatchObject({ topologyId: 't1', prepared: true, stepsOpened: ['one'] })
    expect(seen.slice(0, 1)).toEqual(['Starting the nodes'])
    expect(seen).toContain('Setting the scene')
    expect(seen.at(-1)).toBeNull()
  })

  test('shows its nodes as starting until they are there', async () => {
    const { session, topologies } = openSession()
    topologies.onTake = () => expect(session.snapshot().nodes[0]?.state).toBe('starting')
    await session.start()
    expect.assertions(2)
    expect(session.snapshot().nodes[0]?.state).toBe('running')
  })

  test('that gets no nodes leaves the session broken, with the problem and its help', async () => {
    const { session, topologies } = openSession()
    topologies.onTake = () => {
      throw new CapstanError('no-space', 'The disk is full.', { help: 'Make room.' })
    }
    await session.start()
    expect(session.snapshot()).toMatchObject({
      state: 'broken',
      activity: null,
      problem: { code: 'no-space', message: 'The disk is full.', help: 'Make room.' },
    })
    expect(() => session.node('node1')).toThrow(expect.objectContaining({ code: 'session-state' }))
  })

  test('that fails without an error of ours says so, and what to try', async () => {
    const { session, topologies } = openSession()
    topologies.onTake = () => {
      throw new TypeError('undefined is not a node')
    }
    await session.start()
    expect(session.snapshot().problem).toEqual({
      code: 'internal',
      message: 'TypeError: undefined is not a node',
      help: expect.stringContaining('Reset the lab'),
    })
  })

  test('whose set-up fails keeps the name of the nodes, so that they can be removed', async () => {
    const lab = aLab({ setup: [{ on: 'node1', file: 'setup.sh', text: 'false' }] })
    const { session, topologies, saved } = openSession({ lab })
    topologies.onTake = (_options, topology) => {
      topology.node('node1').result = { exitCode: 3, stdout: '', stderr: 'no such file' }
    }
    await session.start()
    expect(session.snapshot().problem).toMatchObject({
      code: 'lab-invalid',
      message: expect.stringContaining('no such file'),
    })
    expect(await saved()).toMatchObject({ topologyId: 't1', prepared: false })
    await session.stop()
    expect(topologies.present.size).toBe(0)
  })

  test('can be repeated by a reset after it has failed', async () => {
    const { session, topologies } = openSession()
    topologies.onTake = () => {
      throw new CapstanError('engine-timeout', 'too slow')
    }
    await session.start()
    topologies.onTake = () => undefined
    await session.reset()
    expect(session.snapshot()).toMatchObject({ state: 'running', problem: null })
  })
})

describe('a resume', () => {
  test('finds the nodes again and ends the shells that nobody sees any more', async () => {
    const { session, topology, topologies } = left({
      record: { currentStep: 'two', stepsOpened: ['one', 'two'] },
    })
    await session.resume()
    expect(session.snapshot()).toMatchObject({ state: 'running', currentStep: 'two', notice: null })
    expect(topologies.log).toEqual(['find old'])
    const { calls } = topology.node('node1')
    expect(calls).toEqual(['ready', expect.stringContaining('/run/capstan/terminals')])
  })

  test('starts nodes that have stopped, and says so', async () => {
    const { session, topology } = left()
    topology.node('node1').current = 'stopped'
    await session.resume()
    expect(session.snapshot()).toMatchObject({ state: 'running', nodes: [{ state: 'running' }] })
    expect(session.snapshot().notice).toContain('started again')
    expect(topology.node('node1').calls).toEqual(['start'])
  })

  test('does not reconnect a node that the student has cut off', async () => {
    const { session, topology } = left()
    topology.node('node1').current = 'cut'
    await session.resume()
    expect(session.snapshot()).toMatchObject({ notice: null, nodes: [{ state: 'cut' }] })
    expect(topology.node('node1').calls).not.toContain('start')
  })

  test('does not repeat the set-up of a step that is open already', async () => {
    const setup = [{ on: 'node1', file: 'one.sh', text: 'set up one' }]
    const lab = aLab({ steps: [aStep('one', { setup })] })
    const { session, topology } = left({ lab, record: { stepsOpened: ['one'] } })
    await session.resume()
    expect(topology.node('node1').calls.join()).not.toContain('set up one')
  })

  test('builds new nodes when the old ones never finished their set-up', async () => {
    const { session, topologies, saved } = left({ record: { prepared: false, stepsDone: ['one'] } })
    await session.resume()
    expect(session.state).toBe('running')
    expect(topologies.log).toEqual(['remove old', 'take t1'])
    expect(await saved()).toMatchObject({ topologyId: 't1', prepared: true, stepsDone: [] })
  })

  test('without its nodes leaves the session broken, and a reset helps', async () => {
    const { session } = left({ topologies: new FakeTopologies() })
    await session.resume()
    expect(session.snapshot()).toMatchObject({ state: 'broken', problem: { code: 'node-gone' } })
    await session.reset()
    expect(session.state).toBe('running')
  })
})

describe('a reset', () => {
  test('gives new nodes and the first step, and keeps the hints that were read', async () => {
    const { session, topologies, saved } = await runningSession({ record: { hintsShown: { one: 1 } } })
    await session.reset()
    expect(topologies.log).toEqual(['take t1', 'remove t1', 'take t2'])
    expect(topologies.taken[0]?.isClosed).toBe(true)
    expect(session.topologyId).toBe('t2')
    expect(await saved()).toMatchObject({ currentStep: 'one', stepsDone: [], hintsShown: { one: 1 } })
  })

  test('closes the terminals of the old nodes', async () => {
    const { session } = await runningSession()
    const terminal = await session.openTerminal('node1', size)
    await session.reset()
    expect(session.terminals()).toEqual([])
    expect(terminal.exitCode).not.toBeNull()
  })

  test('with a spare does not wait for the removal, and a stop does', async () => {
    const { session, topologies } = await runningSession()
    const removal = gate()
    topologies.hasSpare = true
    topologies.onRemove = async (id) => {
      if (id === 't1') await removal.opened
    }
    await session.reset()
    expect(session.state).toBe('running')
    let isStopped = false
    const stopped = session.stop().then(() => {
      isStopped = true
    })
    await expect.poll(() => topologies.log).toContain('remove t2')
    expect(isStopped).toBe(false)
    removal.open()
    await stopped
    expect([...topologies.present]).toEqual([])
  })

  test('with a spare goes on when the old nodes cannot be removed', async () => {
    const { session, topologies } = await runningSession()
    topologies.hasSpare = true
    topologies.onRemove = () => {
      throw new CapstanError('engine-refused', 'in use')
    }
    await session.reset()
    expect(session.snapshot()).toMatchObject({ state: 'running', problem: null })
  })

  test('without a spare takes no new nodes when the old ones cannot be removed', async () => {
    const { session, topologies } = await runningSession()
    topologies.onRemove = () => {
      throw new CapstanError('engine-refused', 'in use')
    }
    await session.reset()
    expect(session.snapshot()).toMatchObject({ state: 'broken', problem: { message: 'in use' } })
    expect(topologies.taken).toHaveLength(1)
  })

  test('of a session that was stopped is refused, and builds nothing', async () => {
    const { session, topologies } = await runningSession()
    const stopped = session.stop()
    await expect(session.reset()).rejects.toMatchObject({ code: 'session-state' })
    await stopped
    expect(topologies.taken).toHaveLength(1)
  })
})

describe('a stop', () => {
  test('removes the nodes and the record', async () => {
    const { session, topologies, saved } = await runningSession()
    const states: string[] = []
    session.onChange(() => states.push(session.state))
    await session.stop()
    expect(topologies.log).toEqual(['take t1', 'remove t1'])
    expect(await saved()).toBeUndefined()
    expect(states.at(0)).toBe('stopping')
    expect(states.at(-1)).toBe('stopped')
  })

  test('gives up a start that is under way', async () => {
    const { session, topologies, saved } = openSession()
    topologies.onTake = untilAborted
    const started = expect(session.start()).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => topologies.log).toEqual(['take t1'])
    await session.stop()
    await started
    expect(session.snapshot()).toMatchObject({ state: 'stopped', problem: null })
    expect(await saved()).toBeUndefined()
  })

  test('that fails leaves the session broken, and can be repeated', async () => {
    const { session, topologies, saved } = await runningSession()
    topologies.onRemove = () => {
      throw new CapstanError('engine-refused', 'The network is in use.')
    }
    await expect(session.stop()).rejects.toMatchObject({ message: 'The network is in use.' })
    expect(session.snapshot()).toMatchObject({
      state: 'broken',
      activity: null,
      problem: { message: 'The network is in use.' },
    })
    expect(await saved()).toBeDefined()
    topologies.onRemove = () => undefined
    await session.stop()
    expect(session.state).toBe('stopped')
    expect(await saved()).toBeUndefined()
  })

  test('is done once when two windows ask for it', async () => {
    const { session, topologies } = await runningSession()
    await Promise.all([session.stop(), session.stop()])
    expect(topologies.log.filter((entry) => entry === 'remove t1')).toHaveLength(1)
  })
})

describe('a detach', () => {
  test('lets go of the nodes, and another process can resume', async () => {
    const records = recordsInMemory()
    const { session, topologies, saved } = await runningSession({ records })
    const [topology] = topologies.taken
    await session.detach()
    expect(topology?.isClosed).toBe(true)
    expect(topologies.log).toEqual(['take t1'])
    const record = await saved()
    const next = openSession({ records, topologies, ...(record && { record }) })
    await next.session.resume()
    expect(next.session).toMatchObject({ state: 'running', topologyId: 't1' })
  })

  test('gives up a start that is under way, and keeps no node', async () => {
    const { session, topologies } = openSession()
    topologies.onTake = untilAborted
    const started = expect(session.start()).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => topologies.log).toEqual(['take t1'])
    await session.detach()
    await started
    expect(() => session.node('node1')).toThrow(expect.objectContaining({ code: 'session-state' }))
  })
})

test('an engine that goes away breaks the session, which shows what to do', async () => {
  const { session } = await runningSession()
  session.engineGone()
  expect(session.snapshot()).toMatchObject({
    state: 'broken',
    problem: { code: 'engine-gone', help: expect.stringContaining('Start the engine again') },
  })
  await expect(session.check()).rejects.toMatchObject({ code: 'session-state' })
})

test('a listener that has stopped hears nothing more', async () => {
  const { session } = openSession()
  let changes = 0
  const stop = session.onChange(() => changes++)
  stop()
  await session.start()
  expect(changes).toBe(0)
})
