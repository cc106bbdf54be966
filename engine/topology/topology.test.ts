import type { RequestListener } from 'node:http'
import { beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { leftoversOf } from './lookup'
import { removeTopology } from './removal'
import type { Shape } from './shape'
import { Topology } from './topology'

const shape: Shape = {
  networks: [
    { name: 'front', internal: false },
    { name: 'back', internal: true },
  ],
  nodes: [
    { name: 'web', swarm: 'none', networks: ['front', 'back'] },
    { name: 'db', swarm: 'none', networks: ['back'] },
  ],
}
const swarm: Shape = {
  networks: [{ name: 'lab', internal: false }],
  nodes: [
    { name: 'manager1', swarm: 'manager', networks: ['lab'] },
    { name: 'worker1', swarm: 'worker', networks: ['lab'] },
  ],
}

let engine: MemoryEngine
let mirror: string
let activities: string[]
/** Versions of engines whose images were asked for. */
let asked: string[]
beforeEach(async () => {
  asked = []
  engine = memoryEngine()
  mirror = await engine.docker.containers.create({ Image: 'registry' })
  activities = []
})

const context = () => ({
  engine,
  images: {
    node: 'node:1',
    template: null,
    mirrors: [{ alias: 'mirror', container: mirror, certificate: 'PEM' }],
    forEngine: async (version: string) => {
      asked.push(version)
      return { node: `node-${version}`, template: null }
    },
  },
  owner: 'o1',
})

async function build(of = shape, signal = new AbortController().signal): Promise<Topology> {
  return await Topology.build(context(), of, {
    signal,
    onActivity: (text) => void activities.push(text),
  })
}

const placesOf = (container: string) =>
  Object.fromEntries(
    [...(engine.containers.get(container)?.networks ?? [])].map(([id, place]) => [
      engine.networks.get(id)?.name.replace(/^.*-/, ''),
      place,
    ]),
  )

/** Answers as the engines of a swarm do. */
function swarmEngines(asked: string[]): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '')
    request.resume()
    if (path.startsWith('/swarm')) asked.push(`${request.method} ${path}`)
    if (path === '/swarm' && request.method === 'GET')
      response.end('{"JoinTokens":{"Manager":"m","Worker":"w"}}')
    else if (path === '/nodes') response.end('[{"Status":{"State":"ready"}},{"Status":{"State":"ready"}}]')
    else response.end('{}')
  }
}

describe('a topology that is built', () => {
  test('has its nodes, each on its networks, with fixed addresses', async () => {
    const topology = await build()
    expect(topology.nodes.map(({ name }) => name)).toEqual(['web', 'db'])
    const [front, back] = [...engine.networks.values()]
    expect([front?.internal, back?.internal]).toEqual([false, true])
    const [web, db] = topology.nodes.map(({ containerId }) => placesOf(containerId))
    expect(Object.keys(web ?? {}).sort()).toEqual(['back', 'front'])
    expect(Object.keys(db ?? {})).toEqual(['back'])
    const addresses = [web?.front, web?.back, db?.back].map((place) => place?.address)
    expect(new Set(addresses).size).toBe(3)
    for (const address of addresses) expect(address).toMatch(/^10\.215\.\d+\.\d+$/)
    topology.close()
  })

  test('has nodes with the engines that its shape asks for', async () => {
    const [web, db] = shape.nodes
    if (!web || !db) throw new Error('The shape has two nodes.')
    const images = new Map<string, string>()
    const { create } = engine.docker.containers
    engine.docker.containers.create = async (spec) => {
      images.set(spec.Hostname ?? '', spec.Image ?? '')
      return await create(spec)
    }
    const topology = await build({ ...shape, nodes: [{ ...web, engine: '20.10' }, db] })
    expect(Object.fromEntries(images)).toEqual({ web: 'node-20.10', db: 'node:1' })
    expect(asked).toEqual(['20.10'])
    topology.close()
  })

  test('has the mirror as a guest on every network', async () => {
    const topology = await build()
    expect(placesOf(mirror)).toEqual({
      front: { aliases: ['mirror'], address: expect.any(String) },
      back: { aliases: ['mirror'], address: expect.any(String) },
    })
    expect(engine.containers.get(mirror)?.isRunning).toBe(true)
    topology.close()
  })

  test('works without its mirror', async () => {
    mirror = 'gone'
    const topology = await build()
    expect(topology.nodes).toHaveLength(2)
    topology.close()
  })

  test('reports its progress', async () => {
    engine.inner = swarmEngines([])
    for (const topology of [await build(), await build({ ...shape, nodes: shape.nodes.slice(0, 1) })])
      topology.close()
    expect(activities).toEqual(['Starting 2 nodes', 'Starting web'])
    ;(await build(swarm)).close()
    expect(activities.slice(2)).toEqual(['Starting 2 nodes', 'Forming the swarm'])
  })

  test('has its swarm formed', async () => {
    const asked: string[] = []
    engine.inner = swarmEngines(asked)
    const topology = await build(swarm)
    expect(asked).toEqual(['POST /swarm/init', 'GET /swarm', 'POST /swarm/join'])
    topology.close()
  })

  test('has an id of its own', async () => {
    const [one, two] = [await build(), await build()]
    expect(one.id).toMatch(/^[0-9a-f]{8}$/)
    expect(one.id).not.toBe(two.id)
    for (const topology of [one, two]) topology.close()
  })
})

describe('a topology that cannot be built', () => {
  test.each(['containers.create', 'containers.start', 'networks.create', 'networks.connect'])(
    'because %s fails leaves nothing behind, and reports the failure',
    async (call) => {
      if (call === 'networks.connect') mirror = 'gone'
      else await engine.docker.containers.remove(mirror)
      engine.containers.clear()
      engine.failures.set(call, new CapstanError('engine-refused', 'the reason'))
      await expect(build()).rejects.toThrow('the reason')
      expect([engine.containers.size, engine.networks.size]).toEqual([0, 0])
    },
  )

  test('and cannot be removed either reports the first failure', async () => {
    engine.failures.set('containers.start', new CapstanError('engine-refused', 'the reason'))
    engine.failures.set('networks.remove', new CapstanError('engine-refused', 'another'))
    await expect(build()).rejects.toThrow('the reason')
  })

  test('because it is given up leaves nothing behind', async () => {
    await expect(build(shape, AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up')
    expect([...engine.containers.keys()]).toEqual([mirror])
    expect(engine.networks.size).toBe(0)
  })

  test('because a node is on no network says which', async () => {
    const lost: Shape = { ...shape, nodes: [{ name: 'web', swarm: 'none', networks: [] }] }
    await expect(build(lost)).rejects.toThrow('web is on no network')
  })

  test('because its swarm is not formed leaves nothing behind', async () => {
    engine.inner = (request, response) => {
      request.resume()
      if (request.url?.startsWith('/swarm/init')) response.writeHead(500).end('{"message":"no quorum"}')
      else response.end('{}')
    }
    await expect(build(swarm)).rejects.toThrow('no quorum')
    expect([...engine.containers.keys()]).toEqual([mirror])
  })
})

describe('a topology that is found again', () => {
  test('has the same nodes, in the order of its shape', async () => {
    const built = await build()
    const found = await Topology.find(context(), built.id, { ...shape, nodes: [...shape.nodes].reverse() })
    expect(found.nodes.map(({ name }) => name)).toEqual(['db', 'web'])
    expect(found.node('web').containerId).toBe(built.node('web').containerId)
    for (const topology of [built, found]) topology.close()
  })

  test('without one of its nodes is an error that names it', async () => {
    const built = await build()
    await built.node('db').remove()
    await expect(Topology.find(context(), built.id, shape)).rejects.toMatchObject({
      code: 'node-gone',
      message: 'The node db of this lab is gone.',
      help: expect.stringContaining('Reset'),
    })
    built.close()
  })
})

test('an unknown node is an error that names the known ones', async () => {
  const topology = await build()
  expect(() => topology.node('cache')).toThrow(
    expect.objectContaining({ code: 'not-found', help: 'Its nodes are web, db.' }),
  )
  topology.close()
})

describe('the switch of a node', () => {
  test('stops, starts, kills and restarts it', async () => {
    const topology = await build()
    const states: string[] = []
    for (const action of ['stop', 'start', 'kill', 'restart'] as const) {
      await topology.switchNode('web', action)
      states.push(await topology.node('web').state())
    }
    expect(states).toEqual(['stopped', 'running', 'stopped', 'running'])
    expect(await topology.node('db').state()).toBe('running')
    topology.close()
  })

  test('cuts it off all networks, and joins it to them again at the same addresses', async () => {
    const topology = await build()
    const { containerId } = topology.node('web')
    const before = placesOf(containerId)
    await topology.switchNode('web', 'cut')
    expect(placesOf(containerId)).toEqual({})
    expect(await topology.node('web').state()).toBe('cut')
    await topology.switchNode('web', 'rejoin')
    expect(placesOf(containerId)).toEqual(before)
    topology.close()
  })

  test('joins it only to the networks that it is not on', async () => {
    const topology = await build()
    engine.calls.length = 0
    await topology.switchNode('web', 'rejoin')
    expect(engine.calls.filter((call) => call.startsWith('networks.connect'))).toEqual([])
    topology.close()
  })

  test('finds the addresses again after another process has built it', async () => {
    const built = await build()
    const before = placesOf(built.node('web').containerId)
    const found = await Topology.find(context(), built.id, shape)
    await found.switchNode('web', 'cut')
    await found.switchNode('web', 'rejoin')
    expect(placesOf(built.node('web').containerId)).toEqual(before)
    for (const topology of [built, found]) topology.close()
  })
})

test('a topology is removed by its id, and the mirror stays', async () => {
  const topology = await build()
  topology.close()
  await removeTopology(engine, topology.id)
  expect(await leftoversOf(engine, topology.id)).toEqual([])
  expect([...engine.containers.keys()]).toEqual([mirror])
})
