import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reap, recordsInMemory } from '../../engine/session'
import {
  leftoversOf,
  removeTopology,
  type Shape,
  Topology,
  TopologyPool,
  topologiesOn,
} from '../../engine/topology'
import { openEngine, type ReadyEngine } from './engine-fixture'

const options = { signal: new AbortController().signal, onActivity: () => undefined }
const single: Shape = {
  nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }],
  networks: [{ name: 'lab', internal: false }],
}
const swarm: Shape = {
  nodes: [
    { name: 'manager1', swarm: 'manager', networks: ['lab'] },
    { name: 'manager2', swarm: 'manager', networks: ['lab'] },
    { name: 'worker1', swarm: 'worker', networks: ['lab', 'back'] },
    { name: 'outside', swarm: 'none', networks: ['back'] },
  ],
  networks: [
    { name: 'lab', internal: false },
    { name: 'back', internal: true },
  ],
}

let ready: ReadyEngine
const owner = `test-topology-${process.pid}`

beforeAll(async () => {
  ready = await openEngine()
})

afterAll(async () => {
  await reap({ engine: ready.engine, records: recordsInMemory(), owner })
  await ready[Symbol.asyncDispose]()
})

describe('a topology', () => {
  let topology: Topology

  beforeAll(async () => {
    topology = await Topology.build({ ...ready, owner }, swarm, options)
  })

  afterAll(async () => {
    if (topology) await removeTopology(ready.engine, topology.id)
    expect(await leftoversOf(ready.engine, topology.id)).toEqual([])
  })

  const members = async () => {
    const format = '{{.Hostname}} {{.Status}} {{.ManagerStatus}}'
    const { stdout } = await topology.node('manager1').exec(['docker', 'node', 'ls', '--format', format])
    return stdout
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .sort()
  }

  test('has its swarm formed, with the roles the lab asked for', async () => {
    expect(await members()).toEqual(['manager1 Ready Leader', 'manager2 Ready Reachable', 'worker1 Ready'])
    const { stdout } = await topology
      .node('outside')
      .exec(['docker', 'info', '-f', '{{.Swarm.LocalNodeState}}'])
    expect(stdout.trim()).toBe('inactive')
  })

  test('has networks that only their members are on, with names that are found', async () => {
    const ping = (from: string, to: string) => topology.node(from).exec(['ping', '-c1', '-W1', to])
    expect(await ping('manager1', 'worker1')).toMatchObject({ exitCode: 0 })
    expect(await ping('worker1', 'outside')).toMatchObject({ exitCode: 0 })
    expect((await ping('manager1', 'outside')).exitCode).not.toBe(0)
  })

  test('a node that is killed and started again has its address and its place in the swarm', async () => {
    const address = async () => {
      const { stdout } = await topology.node('worker1').exec(['hostname', '-I'])
      return stdout
        .split(' ')
        .filter((one) => one.startsWith('10.215.'))
        .sort()
    }
    const before = await address()
    await topology.switchNode('worker1', 'kill')
    expect(await topology.node('worker1').state()).toBe('stopped')
    await expect.poll(members, { timeout: 30_000 }).toContain('worker1 Down')
    await topology.switchNode('worker1', 'start')
    expect(await address()).toEqual(before)
    await expect.poll(members, { timeout: 30_000 }).toContain('worker1 Ready')
  })

  test('a node that is cut off reaches nobody until it is connected again, and its shell goes on', async () => {
    const { stdout } = await topology.node('manager1').exec(['hostname', '-I'])
    const manager = stdout.split(' ').find((one) => one.startsWith('10.215.')) ?? ''
    const ping = () => topology.node('worker1').exec(['ping', '-c1', '-W1', manager])
    expect(await ping()).toMatchObject({ exitCode: 0 })
    await topology.switchNode('worker1', 'cut')
    expect(await topology.node('worker1').state()).toBe('cut')
    expect(await ping()).not.toMatchObject({ exitCode: 0 })
    await expect.poll(members, { timeout: 30_000 }).toContain('worker1 Down')
    await topology.switchNode('worker1', 'rejoin')
    expect(await ping()).toMatchObject({ exitCode: 0 })
    await expect.poll(members, { timeout: 30_000 }).toContain('worker1 Ready')
  })

  test('is found again by another process, by its id', async () => {
    const again = await Topology.find({ ...ready, owner }, topology.id, swarm)
    await again.switchNode('worker1', 'cut')
    await again.switchNode('worker1', 'rejoin')
    expect(await again.node('worker1').state()).toBe('running')
    again.close()
    await expect(Topology.find({ ...ready, owner }, topology.id, single)).rejects.toMatchObject({
      code: 'node-gone',
    })
  })
})

describe('a warm pool', () => {
  test('hands out a spare of the very shape, and makes the next', async () => {
    const pool = new TopologyPool({ ...ready, owner, room: async () => 1, lookMs: 50 })
    pool.expect(single)
    await expect.poll(() => pool.has(single), { timeout: 30_000 }).toBe(true)
    const topology = await pool.take(single, options)
    expect(topology.node('node1').name).toBe('node1')
    expect(await topology.node('node1').exec(['hostname'])).toMatchObject({ stdout: 'node1\n' })
    expect(pool.has(single)).toBe(false)
    await expect.poll(() => pool.has(single), { timeout: 30_000 }).toBe(true)
    await removeTopology(ready.engine, topology.id)
    await pool.dispose()
    expect(await topologiesOn(ready.engine, owner)).toEqual([])
  })

  test('gives back what memory no longer allows', async () => {
    let room = 1
    const pool = new TopologyPool({ ...ready, owner, room: async () => room, lookMs: 50 })
    pool.expect(single)
    await expect.poll(() => pool.has(single), { timeout: 30_000 }).toBe(true)
    room = 0
    await expect.poll(async () => await topologiesOn(ready.engine, owner), { timeout: 30_000 }).toEqual([])
    expect(pool.has(single)).toBe(false)
    await pool.dispose()
  })

  test('does not hand out a spare that has died', async () => {
    const pool = new TopologyPool({ ...ready, owner, room: async () => 1, lookMs: 60_000 })
    pool.expect(single)
    await expect.poll(() => pool.has(single), { timeout: 30_000 }).toBe(true)
    const [spare] = await ready.engine.docker.containers.list({ labels: [`capstan.owner=${owner}`] })
    await ready.engine.docker.containers.kill(spare?.Id ?? '')
    const topology = await pool.take(single, options)
    expect(await topology.node('node1').state()).toBe('running')
    await removeTopology(ready.engine, topology.id)
    await pool.dispose()
    expect(await topologiesOn(ready.engine, owner)).toEqual([])
  })
})
