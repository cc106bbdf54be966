import { beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { processName } from '../../shared/system/processes'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { labelsOf, NAME } from '../node'
import { leftoversOf, nodesOf, topologiesOn } from './lookup'
import { removeEverything, removeTopology, stopNodes } from './removal'

let engine: MemoryEngine
let mirror: string
beforeEach(async () => {
  engine = memoryEngine()
  mirror = await engine.docker.containers.create({ Image: 'registry', Labels: { 'capstan.kind': 'mirror' } })
  await addTopology('t1', 'o1')
  await addTopology('t2', 'o2')
  engine.calls.length = 0
})

/** Two nodes on a network with the mirror as a guest, and a volume. */
async function addTopology(topologyId: string, owner: string): Promise<void> {
  const { docker } = engine
  const belonging = { topologyId, owner }
  const network = await docker.networks.create(`lab-${topologyId}`, {
    ...labelsOf('network', belonging),
    [NAME]: 'lab',
  })
  await docker.networks.connect(network, mirror)
  for (const name of ['web', 'db']) {
    const id = await docker.containers.create({
      Image: 'node',
      Labels: { ...labelsOf('node', belonging), [NAME]: name },
      HostConfig: { NetworkMode: network },
    })
    await docker.containers.start(id)
  }
  await docker.volumes.create(`data-${topologyId}`, labelsOf('volume', belonging))
}

const T1 = ['node web', 'node db', 'network lab-t1', 'volume data-t1']

describe('looking', () => {
  test('the nodes of a topology are found by its label, with their names', async () => {
    const nodes = await nodesOf(engine, 't1')
    expect(nodes.map(({ name, topologyId }) => [name, topologyId])).toEqual([
      ['web', 't1'],
      ['db', 't1'],
    ])
    expect(await nodesOf(engine, 'other')).toEqual([])
  })

  test('everything that is left of a topology is listed', async () => {
    expect(await leftoversOf(engine, 't1')).toEqual(T1)
  })

  test('the topologies of an owner are those that anything is left of', async () => {
    expect(await topologiesOn(engine, 'o1')).toEqual([{ id: 't1', process: processName() }])
    engine.containers.clear()
    engine.networks.clear()
    expect(await topologiesOn(engine, 'o1')).toEqual([{ id: 't1', process: processName() }])
    engine.volumes.clear()
    expect(await topologiesOn(engine, 'o1')).toEqual([])
  })
})

describe('removing', () => {
  test('a topology goes with all of its parts, and nothing of another', async () => {
    await removeTopology(engine, 't1')
    expect(await leftoversOf(engine, 't1')).toEqual([])
    expect(await leftoversOf(engine, 't2')).toHaveLength(4)
    expect(engine.containers.has(mirror)).toBe(true)
  })

  test('running nodes are thawed before, stopped ones need not be', async () => {
    const [stopped] = await nodesOf(engine, 't1')
    await stopped?.stop()
    engine.calls.length = 0
    await removeTopology(engine, 't1')
    expect(engine.calls.filter((call) => call.startsWith('execs.run'))).toHaveLength(1)
  })

  test('a topology that is gone already is fine', async () => {
    await removeTopology(engine, 't1')
    await removeTopology(engine, 't1')
  })

  test('a node that cannot be removed is the error, and the other node goes all the same', async () => {
    const [stuck] = await nodesOf(engine, 't1')
    const call = `containers.remove ${stuck?.containerId}`
    engine.failures.set(call, new CapstanError('engine-refused', 'device is busy'))
    await expect(removeTopology(engine, 't1')).rejects.toThrow('device is busy')
    expect((await nodesOf(engine, 't1')).map(({ name }) => name)).toEqual(['web'])
    engine.failures.clear()
    await removeTopology(engine, 't1')
    expect(await leftoversOf(engine, 't1')).toEqual([])
  })

  test('a network that cannot be removed does not keep the volumes', async () => {
    engine.failures.set('networks.remove', new CapstanError('engine-refused', 'active endpoints'))
    await expect(removeTopology(engine, 't1')).rejects.toThrow('active endpoints')
    expect(await leftoversOf(engine, 't1')).toEqual(['network lab-t1'])
  })

  test('everything of ours goes, also of other owners, and nothing else', async () => {
    await engine.docker.containers.create({ Image: 'nginx', Labels: { other: '1' } })
    expect(await removeEverything(engine)).toBe(9)
    expect([...engine.containers.values()].map(({ spec }) => spec.Image)).toEqual(['nginx'])
    expect([engine.networks.size, engine.volumes.size]).toEqual([0, 0])
  })
})

test('nodes are stopped without being removed', async () => {
  await stopNodes(engine, 't1')
  const states = await Promise.all((await nodesOf(engine, 't1')).map((node) => node.state()))
  expect(states).toEqual(['stopped', 'stopped'])
  expect(await leftoversOf(engine, 't1')).toEqual(T1)
  const others = await nodesOf(engine, 't2')
  expect(await others[0]?.state()).toBe('running')
})
