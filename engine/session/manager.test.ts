import { afterEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { Emitter } from '../../shared/observable'
import type { EventWatch } from '../docker'
import { KIND, MEMORY, NAME, OWNER, TOPOLOGY } from '../node'
import { FakeTopologies } from './fakes.test-kit'
import type { LabSession } from './lab-session'
import { aLab, aStep } from './labs.test-kit'
import { SessionManager, type SessionManagerOptions } from './manager'
import { recordsInMemory, type SessionRecord, type SessionRecords } from './record'
import { gate, NO_FEATURES, untilAborted } from './session.test-kit'
import { settled } from './session-status'
import { newRecord } from './steps'

const labs = [aLab({ id: 'web' }), aLab({ id: 'mesh', requires: ['ipvs'] }), aLab({ id: 'files' })]

/** An engine whose end and whose events are up to the test. */
class FakeEngine {
  readonly gone = new Emitter()
  readonly capabilities = NO_FEATURES
  watch: EventWatch | null = null
  readonly docker = {
    watchEvents: async (watch: EventWatch) => {
      this.watch = watch
      return () => undefined
    },
  }

  onGone(listener: () => void): () => void {
    return this.gone.on(listener)
  }

  nodeEvent(action: 'start' | 'die' | 'oom', topologyId: string, name: string): void {
    const Attributes = { [TOPOLOGY]: topologyId, [NAME]: name, [MEMORY]: '384' }
    this.watch?.onEvent({ Type: 'container', Action: action, Actor: { ID: 'c1', Attributes }, time: 0 })
  }
}

const managers: SessionManager[] = []
afterEach(async () => {
  await Promise.all(managers.splice(0).map((manager) => manager.dispose({ keepNodes: true })))
})

interface Opened {
  readonly manager: SessionManager
  readonly engine: FakeEngine
  readonly topologies: FakeTopologies
  readonly records: SessionRecords
}

type OpenOptions = Pick<SessionManagerOptions, 'disk'> & {
  readonly records?: SessionRecords
  readonly topologies?: FakeTopologies
}

function open({ disk, ...options }: OpenOptions = {}): Opened {
  const { records = recordsInMemory(), topologies = new FakeTopologies() } = options
  const engine = new FakeEngine()
  const manager = new SessionManager({
    engine,
    topologies,
    records,
    catalogue: () => labs,
    owner: 'me',
    ...(disk && { disk }),
  })
  managers.push(manager)
  return { manager, engine, topologies, records }
}

const aRecord = (id: string, labId: string, options: Partial<SessionRecord> = {}): SessionRecord => ({
  ...newRecord({ id, lab: aLab({ id: labId }), kind: 'student' }),
  ...options,
})

async function withRecords(...list: SessionRecord[]): Promise<SessionRecords> {
  const records = recordsInMemory()
  for (const record of list) await records.save(record)
  return records
}

describe('a command item', () => {
  const item = {
    title: 'Item 1',
    command: {
      setup: 'docker volume create data',
      checks: [{ name: 'It is gone', query: { api: '/volumes', select: 'length(Volumes)' }, expect: 0 }],
      solution: 'docker volume rm data',
      mistakes: [{ run: 'docker volume prune -f', why: 'No.' }],
    },
  }

  test('gets a node of the usual shape, of which no record is kept', async () => {
    const { manager, topologies, records } = open()
    const session = await manager.startCommand(item)
    await settled(session)
    expect(session.snapshot()).toMatchObject({ state: 'running', steps: [], nodes: [{ name: 'node1' }] })
    expect(topologies.latest.nodes.map(({ name }) => name)).toEqual(['node1'])
    expect(await records.list()).toEqual([])
  })

  test('tells nothing of its checks and its solution before it is judged', async () => {
    const { manager } = open()
    const session = await manager.startCommand(item)
    await settled(session)
    await expect(session.check()).rejects.toMatchObject({ code: 'session-state' })
    await expect(session.showSolution('command')).rejects.toMatchObject({ code: 'session-state' })
    expect(JSON.stringify(session.snapshot())).not.toContain('volume rm')
    expect(JSON.stringify(session.snapshot())).not.toContain('It is gone')
  })

  test('keeps its node when labs that are read late look for theirs', async () => {
    const { manager, topologies } = open()
    const session = await manager.startCommand(item)
    await settled(session)
    await manager.resume()
    expect(topologies.present.has(session.topologyId ?? '')).toBe(true)
  })

  test('keeps the node that is being made when labs that are read late look for theirs', async () => {
    const { manager, topologies } = open()
    await manager.resume()
    topologies.onTake = async (_options, topology) => {
      topologies.leave(topology.id, aLab())
      await manager.resume()
      expect(topologies.present.has(topology.id)).toBe(true)
    }
    await settled(await manager.startCommand(item))
    expect(topologies.taken).toHaveLength(1)
  })

  test('whose checks cannot be read is refused', async () => {
    const { manager } = open()
    const broken = { ...item, command: { ...item.command, checks: [{ name: 'It walks' }] } }
    await expect(manager.startCommand(broken)).rejects.toMatchObject({ code: 'bad-input' })
    expect(manager.list()).toEqual([])
  })
})

describe('a start', () => {
  test('answers before the nodes are there, and its record is on the disk by then', async () => {
    const { manager, topologies, records } = open()
    const building = gate()
    topologies.onTake = async () => await building.opened
    const session = await manager.start('web')
    expect(session.state).toBe('starting')
    expect(await records.list()).toMatchObject([
      { id: session.id, labId: 'web', kind: 'student', pid: process.pid },
    ])
    building.open()
    await settled(session)
    expect(session.state).toBe('running')
    expect(manager.list()).toEqual([session])
    expect(manager.get(session.id)).toBe(session)
  })

  test('whose nodes cannot be built is a broken session, not an error', async () => {
    const { manager, topologies } = open()
    topologies.onTake = () => {
      throw new CapstanError('no-space', 'The disk is full.')
    }
    const session = await manager.start('web')
    await settled(session)
    expect(session.snapshot()).toMatchObject({ state: 'broken', problem: { code: 'no-space' } })
  })

  test.each([
    ['nothing', 'not-found', 'There is no lab called "nothing".'],
    ['mesh', 'capability-missing', 'needs ipvs'],
  ])('of "%s" is refused with %s', async (labId, code, words) => {
    const { manager, records } = open()
    await expect(manager.start(labId)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    })
    expect(manager.list()).toEqual([])
    expect(await records.list()).toEqual([])
  })

  test('of an open lab is refused and names the session; another lab can be started', async () => {
    const { manager } = open()
    const session = await manager.start('web')
    await expect(manager.start('web')).rejects.toMatchObject({
      code: 'session-exists',
      message: expect.stringContaining(session.id),
    })
    await manager.start('files')
    expect(manager.list().map(({ lab }) => lab.id)).toEqual(['web', 'files'])
  })

  test('is refused while another window has begun to start the lab', async () => {
    const memory = recordsInMemory()
    const disk = gate()
    const save = async (record: SessionRecord) => {
      await disk.opened
      await memory.save(record)
    }
    const { manager } = open({ records: { ...memory, save } })
    const first = manager.start('web')
    await expect(manager.start('web')).rejects.toMatchObject({ code: 'session-exists' })
    disk.open()
    await first
  })

  test('whose record cannot be saved leaves nothing behind, and the lab can be started again', async () => {
    const memory = recordsInMemory()
    let isFull = true
    const save = async (record: SessionRecord) => {
      if (isFull) throw new CapstanError('no-space', 'The disk is full.')
      await memory.save(record)
    }
    const { manager, topologies } = open({ records: { ...memory, save } })
    const removed: string[] = []
    manager.onRemoved(({ lab }) => removed.push(lab.id))
    await expect(manager.start('web')).rejects.toMatchObject({ code: 'no-space' })
    expect(manager.list()).toEqual([])
    expect(removed).toEqual(['web'])
    expect(topologies.log).toEqual([])
    isFull = false
    const session = await manager.start('web')
    await settled(session)
    expect(session.state).toBe('running')
  })
})

describe('a resume', () => {
  test('finds the sessions of known labs and leaves the others on the disk', async () => {
    const topologies = new FakeTopologies()
    topologies.leave('old', aLab())
    const records = await withRecords(
      aRecord('s1', 'web', { prepared: true, topologyId: 'old' }),
      aRecord('s2', 'removed-from-the-catalogue', { topologyId: 'other' }),
    )
    const { manager } = open({ records, topologies })
    await manager.resume()
    const session = manager.get('s1')
    await settled(session)
    expect(session.state).toBe('running')
    expect(manager.list()).toEqual([session])
    expect(await records.list()).toHaveLength(2)
  })

  test('removes the nodes that no record names before anything is built', async () => {
    const topologies = new FakeTopologies()
    topologies.leave('orphan', aLab())
    const { manager } = open({ records: await withRecords(aRecord('s1', 'web')), topologies })
    await manager.resume()
    await settled(manager.get('s1'))
    expect(topologies.log).toEqual(['remove orphan', 'take t1'])
  })

  test('forgets the records of proofs, which older versions wrote', async () => {
    const records = await withRecords(aRecord('proof', 'web', { kind: 'verify' }))
    const { manager } = open({ records })
    await manager.resume()
    expect(manager.list()).toEqual([])
    expect(await records.list()).toEqual([])
  })

  test('does not open a session twice', async () => {
    const { manager } = open()
    const session = await manager.start('web')
    await settled(session)
    await manager.resume()
    expect(manager.list()).toEqual([session])
  })

  test('of a session whose nodes are gone is a broken session', async () => {
    const records = await withRecords(aRecord('s1', 'web', { prepared: true, topologyId: 'gone' }))
    const { manager } = open({ records })
    await manager.resume()
    await settled(manager.get('s1'))
    expect(manager.get('s1').snapshot()).toMatchObject({ state: 'broken', problem: { code: 'node-gone' } })
  })
})

describe('a stop', () => {
  test('removes the session and then announces it', async () => {
    const { manager, records, topologies } = open()
    const session = await manager.start('web')
    const removed: unknown[] = []
    manager.onRemoved((one) => removed.push([one.id, one.state, manager.list().length]))
    await manager.stop(session.id)
    expect(removed).toEqual([[session.id, 'stopped', 0]])
    expect(topologies.present.size).toBe(0)
    expect(await records.list()).toEqual([])
    expect(() => manager.get(session.id)).toThrow(expect.objectContaining({ code: 'not-found' }))
    await manager.start('web')
  })

  test('that fails keeps the session in the list and announces nothing, until it succeeds', async () => {
    const { manager, topologies } = open()
    const session = await manager.start('web')
    await settled(session)
    let removals = 0
    manager.onRemoved(() => removals++)
    topologies.onRemove = () => {
      throw new CapstanError('engine-refused', 'in use')
    }
    await expect(manager.stop(session.id)).rejects.toMatchObject({ message: 'in use' })
    expect(manager.get(session.id).state).toBe('broken')
    expect(removals).toBe(0)
    topologies.onRemove = () => undefined
    await manager.stop(session.id)
    expect(removals).toBe(1)
  })

  test('by two windows at once is announced once', async () => {
    const { manager } = open()
    const { id } = await manager.start('web')
    let removals = 0
    manager.onRemoved(() => removals++)
    await Promise.all([manager.stop(id), manager.stop(id)])
    expect(removals).toBe(1)
  })

  test('of an unknown session is refused', async () => {
    await expect(open().manager.stop('nothing')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the engine', () => {
  test('reports nodes that die and come back, to the session that has them', async () => {
    const { manager, engine } = open()
    const session = await manager.start('web')
    const other = await manager.start('files')
    await Promise.all([settled(session), settled(other)])
    const stateOf = (one: LabSession) => one.snapshot().nodes[0]?.state
    engine.nodeEvent('die', session.topologyId ?? '', 'node1')
    expect(stateOf(session)).toBe('stopped')
    expect(stateOf(other)).toBe('running')
    engine.nodeEvent('start', session.topologyId ?? '', 'node1')
    expect(stateOf(session)).toBe('running')
    engine.nodeEvent('die', 'of-nobody', 'node1')
    expect(stateOf(session)).toBe('running')
  })

  test('reports a node that has reached its memory limit, until it is restarted', async () => {
    const { manager, engine } = open()
    const session = await manager.start('web')
    await settled(session)
    engine.nodeEvent('oom', session.topologyId ?? '', 'node1')
    await expect.poll(() => session.snapshot().notice).toMatch(/^node1 reached its memory limit of 384 MiB/)
    expect(session.snapshot()).toMatchObject({
      nodes: [{ state: 'running', trouble: 'memory' }],
    })
    await session.switchNode('node1', 'restart')
    expect(session.snapshot()).toMatchObject({ notice: null, nodes: [{ trouble: null }] })
  })

  test('is listened to for the nodes of this owner only', async () => {
    const { engine } = open()
    expect(engine.watch?.filters).toEqual({
      type: ['container'],
      event: ['die', 'start', 'oom'],
      label: [`${KIND}=node`, `${OWNER}=me`],
    })
  })

  test('breaks every session when it goes away', async () => {
    const { manager, engine } = open()
    const sessions = [await manager.start('web'), await manager.start('files')]
    await Promise.all(sessions.map((session) => settled(session)))
    engine.gone.emit()
    expect(sessions.map(({ state }) => state)).toEqual(['broken', 'broken'])
  })
})

describe('the disk', () => {
  const watched = (topologyId: string) => {
    let looks = 0
    const use = { containerId: 'c1', topologyId, name: 'node1', bytes: 2 ** 32, limit: null }
    const calls: string[] = []
    const disk: SessionManagerOptions['disk'] = {
      // Full at the second look: at the first one it counts as what was there before.
      look: async () => ({ free: looks++ === 0 ? 2 ** 30 : 2 ** 28, total: 2 ** 36 }),
      uses: async () => [use],
      whileFrozen: async (work) => await work(),
      thaw: async () => undefined,
      stop: async ({ name }) => void calls.push(`stop ${name}`),
      close: () => void calls.push('close'),
    }
    return { disk, calls }
  }

  test('is watched while there are sessions, and the student is told which node was stopped', async () => {
    const { disk, calls } = watched('t1')
    const { manager } = open({ disk })
    const session = await manager.start('web')
    await expect.poll(() => calls, { timeout: 10_000 }).toEqual(['stop node1'])
    await settled(session)
    expect(session.snapshot()).toMatchObject({
      notice: expect.stringMatching(/^node1 was stopped, because the disk .* almost full/),
      nodes: [{ trouble: 'disk' }],
    })
    await session.reset()
    expect(session.snapshot()).toMatchObject({ notice: null, nodes: [{ trouble: null }] })
    await manager.dispose()
    expect(calls).toContain('close')
  })
})

describe('a dispose', () => {
  test('lets go of the sessions, stops their nodes and stops listening', async () => {
    const { manager, engine, topologies, records } = open()
    const session = await manager.start('web')
    await settled(session)
    await manager.dispose()
    expect(topologies.log).toEqual(['take t1', 'dispose', 'stop t1'])
    expect(topologies.latest.isClosed).toBe(true)
    expect(engine.watch?.signal?.aborted).toBe(true)
    expect(engine.gone.hasListeners).toBe(false)
    expect(await records.list()).toHaveLength(1)
  })

  test('leaves the nodes running when they are to be kept', async () => {
    const { manager, topologies } = open()
    await settled(await manager.start('web'))
    await manager.dispose({ keepNodes: true })
    expect(topologies.log).toEqual(['take t1', 'dispose'])
  })

  test('gives up a start that is under way', async () => {
    const { manager, topologies } = open()
    topologies.onTake = untilAborted
    await manager.start('web')
    await manager.dispose()
    expect(topologies.taken).toEqual([])
  })
})

test('a change in any session is announced with the session', async () => {
  const { manager } = open()
  const changed = new Set<string>()
  const stop = manager.onChange(({ lab }) => changed.add(lab.id))
  await settled(await manager.start('web'))
  expect(changed).toEqual(new Set(['web']))
  stop()
  await settled(await manager.start('files'))
  expect(changed).toEqual(new Set(['web']))
})

test('nodes are made ready for a lab that will probably be started, if the engine can run it', () => {
  const { manager, topologies } = open()
  manager.expect('web')
  manager.expect('mesh')
  expect(topologies.log).toEqual(['expect 1'])
  expect(() => manager.expect('nothing')).toThrow(expect.objectContaining({ code: 'not-found' }))
})

test('an engine that cannot be listened to does not keep labs from starting', async () => {
  const engine = new FakeEngine()
  engine.docker.watchEvents = async () => {
    throw new CapstanError('engine-gone', 'no answer')
  }
  const topologies = new FakeTopologies()
  const lab = aLab({ id: 'web', steps: [aStep('one')] })
  const manager = new SessionManager({
    engine,
    topologies,
    records: recordsInMemory(),
    catalogue: () => [lab],
    owner: 'me',
  })
  managers.push(manager)
  const session = await manager.start('web')
  await settled(session)
  expect(session.state).toBe('running')
})
