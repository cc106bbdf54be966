import { expect, test, vi } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { Emitter } from '../../shared/observable'
import { LiveMap } from './live-map'
import {
  containerRow,
  FakeMapEngine,
  managerRow,
  memberRow,
  serviceRow,
  taskContainer,
  taskRow,
} from './map.test-kit'
import type { MapNodeState, MapSnapshot } from './snapshot'

/** A session with these nodes, its map, and the maps that a watcher has seen. */
function mapped(names: readonly string[]) {
  const engines = new Map(names.map((name) => [name, new FakeMapEngine()]))
  const states = new Map<string, MapNodeState>(names.map((name) => [name, 'running']))
  const changes = new Emitter()
  const engine = (name: string) => {
    const one = engines.get(name)
    if (!one) throw new CapstanError('session-state', 'no nodes')
    return one
  }
  const map = new LiveMap({
    nodes: () => [...states].map(([name, state]) => ({ name, state })),
    engine,
    onChange: (listener) => changes.on(listener),
  })
  const seen: MapSnapshot[] = []
  const watch = () => map.watch((now) => seen.push(now))
  const become = (name: string, state: MapNodeState) => {
    states.set(name, state)
    changes.emit()
  }
  const latest = () => seen.at(-1) ?? expect.fail('no map yet')
  const node = (name: string) => latest().nodes.find((one) => one.name === name) ?? expect.fail()
  return { map, engine, engines, states, changes, seen, watch, become, latest, node }
}

/** A swarm of a manager and a worker with one service. */
function swarm() {
  const one = mapped(['manager1', 'worker1'])
  one.engine('manager1').manage({
    id: 'member-manager1',
    members: [managerRow('manager1', true), memberRow('worker1')],
    services: [serviceRow('web')],
    tasks: [taskRow('web', 1, { NodeID: 'member-worker1', Status: { State: 'running' } }), taskRow('web', 2)],
  })
  one.engine('worker1').answers['/info'] = {
    Swarm: { NodeID: 'member-worker1', LocalNodeState: 'active' },
  }
  one.engine('worker1').answers['/containers/json?all=1'] = [taskContainer('web', 1)]
  return one
}

test('a map nobody looks at asks nothing, also after events', async () => {
  const { map, engine, changes } = mapped(['node1'])
  map.lookSoon('node1')
  changes.emit()
  await new Promise((resolve) => setImmediate(resolve))
  expect(engine('node1').asked).toEqual([])
  expect(changes.hasListeners).toBe(false)
})

test('the containers, networks and volumes of a node are on the map, and a later event shows the new ones', async () => {
  const { map, engine, watch, node } = mapped(['node1'])
  engine('node1').answers['/containers/json?all=1'] = [
    containerRow('web', {
      Ports: [
        { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
        { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
        { PrivatePort: 443, Type: 'tcp' },
      ],
      Status: 'Up 2 minutes (healthy)',
      Mounts: [{ Type: 'volume', Name: 'data' }, { Type: 'bind' }],
    }),
  ]
  engine('node1').answers['/networks'] = [
    { Id: 'n1', Name: 'front', Driver: 'bridge', Scope: 'local' },
    { Id: 'n2', Name: 'none', Driver: 'null', Scope: 'local' },
  ]
  engine('node1').answers['/volumes'] = { Volumes: [{ Name: 'data', Driver: 'local' }] }
  const stop = watch()
  await vi.waitUntil(() => node('node1').volumes.length === 1)
  expect(node('node1').containers[0]).toMatchObject({
    name: 'web',
    image: 'nginx:alpine',
    state: 'running',
    health: 'healthy',
    ports: [{ published: 8080, target: 80, protocol: 'tcp' }],
    networks: ['bridge'],
    volumes: ['data'],
    task: null,
  })
  expect(node('node1').networks.map(({ name }) => name)).toEqual(['front'])
  expect(node('node1').volumes).toEqual([{ name: 'data', driver: 'local' }])
  engine('node1').answers['/containers/json?all=1'] = []
  map.lookSoon('node1')
  await vi.waitUntil(() => node('node1').containers.length === 0)
  stop()
})

test('the swarm is seen from its manager: roles, services, and tasks that have no container yet', async () => {
  const { watch, latest, node } = swarm()
  const stop = watch()
  await vi.waitUntil(() => latest().services.length === 1 && node('worker1').containers.length === 1)
  expect(latest().swarm).toEqual({ seenFrom: 'manager1', problem: null })
  expect(node('manager1').member).toMatchObject({
    role: 'manager',
    isLeader: true,
    reachability: 'reachable',
  })
  expect(node('worker1').member).toMatchObject({ role: 'worker', availability: 'active', state: 'ready' })
  expect(latest().services[0]).toMatchObject({
    name: 'web',
    image: 'nginx:alpine',
    mode: 'replicated',
    running: 1,
    wanted: 2,
  })
  expect(node('worker1').containers[0]?.task).toMatchObject({ slot: 'web.1', service: 'web' })
  expect(latest().tasks).toEqual([
    expect.objectContaining({ slot: 'web.2', node: null, state: 'pending', error: 'no suitable node' }),
  ])
  stop()
})

test('a worker that was killed is dark, and its task is one that cannot be seen', async () => {
  const { watch, become, latest, node } = swarm()
  const stop = watch()
  await vi.waitUntil(() => node('worker1').containers.length === 1)
  become('worker1', 'killed')
  await vi.waitUntil(() => latest().tasks.length === 2)
  expect(node('worker1')).toMatchObject({ state: 'killed', containers: [], member: { role: 'worker' } })
  expect(latest().tasks[0]).toMatchObject({ slot: 'web.1', node: 'worker1' })
  stop()
})

test('a swarm without a leader says so, and the nodes are still looked into', async () => {
  const { map, engine, watch, latest, node } = swarm()
  const stop = watch()
  await vi.waitUntil(() => latest().services.length === 1)
  const refusal = new CapstanError('engine-refused', 'The swarm does not have a leader.')
  engine('manager1').answers['/nodes'] = undefined
  vi.spyOn(engine('manager1'), 'get').mockImplementation(async (path) => {
    if (path === '/nodes') throw refusal
    return engine('manager1').answers[path] as never
  })
  map.lookSoon('manager1')
  await vi.waitUntil(() => latest().swarm?.problem)
  expect(latest()).toMatchObject({
    swarm: { seenFrom: null, problem: 'The swarm does not have a leader.' },
    services: [],
  })
  expect(node('manager1')).toMatchObject({ member: null, swarm: 'active', isManager: true })
  expect(node('worker1').containers).toHaveLength(1)
  stop()
})

test('an old entry of a node that has joined again is listed apart', async () => {
  const { engine, watch, latest, node } = swarm()
  const old = memberRow('worker1', { ID: 'member-old', Status: { State: 'down' } })
  engine('manager1').answers['/nodes'] = [old, managerRow('manager1', true), memberRow('worker1')]
  const stop = watch()
  await vi.waitUntil(() => latest().others.length === 1)
  expect(latest().others[0]).toMatchObject({ id: 'member-old', state: 'down' })
  expect(node('worker1').member?.id).toBe('member-worker1')
  stop()
})

test('a node whose engine answers nonsense says so, and hides no other', async () => {
  const { engine, watch, node } = mapped(['node1', 'node2'])
  engine('node1').answers['/containers/json?all=1'] = [{ Id: '../../etc' }]
  engine('node2').answers['/containers/json?all=1'] = [containerRow('web')]
  const stop = watch()
  await vi.waitUntil(() => node('node1').problem && node('node2').containers.length === 1)
  expect(node('node1').problem).toContain('is not what it should be')
  stop()
})

test('names are cut and hold no control characters, and no list is longer than its limit', async () => {
  const { engine, watch, node } = mapped(['node1'])
  const rows = Array.from({ length: 250 }, (_one, index) =>
    containerRow(`c${index}`, { Image: `\u001b[31m\u202e${'x'.repeat(500)}` }),
  )
  engine('node1').answers['/containers/json?all=1'] = rows
  const stop = watch()
  await vi.waitUntil(() => node('node1').containers.length > 0)
  expect(node('node1').containers).toHaveLength(200)
  expect(node('node1').moreContainers).toBe(50)
  expect(node('node1').containers[0]?.image).toMatch(/^\[31mx{100,116}$/)
  stop()
})

test('a reset shows the new nodes, and nothing of the old ones', async () => {
  const { engine, engines, changes, watch, node } = mapped(['node1'])
  engine('node1').answers['/containers/json?all=1'] = [containerRow('old')]
  const stop = watch()
  await vi.waitUntil(() => node('node1').containers.length === 1)
  engines.set('node1', new FakeMapEngine({ '/containers/json?all=1': [containerRow('new')] }))
  changes.emit()
  expect(node('node1').containers).toEqual([])
  await vi.waitUntil(() => node('node1').containers[0]?.name === 'new')
  stop()
})

test('a node that is taken out of the session leaves the map, and one that is added comes onto it', async () => {
  const { engines, states, changes, watch, latest } = mapped(['node1', 'node2'])
  const stop = watch()
  await vi.waitUntil(() => latest().nodes.every(({ swarm: state }) => state === 'inactive'))
  states.delete('node1')
  states.set('node3', 'running')
  engines.set('node3', new FakeMapEngine({ '/containers/json?all=1': [containerRow('web')] }))
  changes.emit()
  await vi.waitUntil(() => latest().nodes[1]?.containers.length === 1)
  expect(latest().nodes.map(({ name }) => name)).toEqual(['node2', 'node3'])
  stop()
})

test('the same map is not told twice, and after the last watcher nothing is asked', async () => {
  const { map, engine, changes, seen, watch, node } = mapped(['node1'])
  const [stop, stopOther] = [watch(), watch()]
  await vi.waitUntil(() => engine('node1').asked.length >= 4 && node('node1').swarm === 'inactive')
  const told = seen.length
  changes.emit()
  map.lookSoon('node1')
  const asked = engine('node1').asked.length
  await vi.waitUntil(() => engine('node1').asked.length > asked + 2)
  expect(seen).toHaveLength(told)
  stop()
  stop()
  expect(changes.hasListeners).toBe(true)
  stopOther()
  expect(changes.hasListeners).toBe(false)
})

test('a thing is inspected on its node, and what belongs to the swarm on a manager', async () => {
  const { map, engine, watch, latest } = swarm()
  engine('worker1').answers['/containers/abc/json'] = { Id: 'abc' }
  engine('manager1').answers['/services/web'] = { ID: 'web' }
  expect(await map.inspect({ kind: 'container', id: 'abc', node: 'worker1' })).toEqual({
    command: 'docker container inspect abc',
    text: '[\n    {\n        "Id": "abc"\n    }\n]',
  })
  const service = { kind: 'service', id: 'web', node: null } as const
  await expect(map.inspect(service)).rejects.toMatchObject({ code: 'not-found' })
  const stop = watch()
  await vi.waitUntil(() => latest().swarm?.seenFrom)
  expect((await map.inspect(service)).text).toContain('"ID": "web"')
  stop()
})

test('a long answer is cut, and a name that is none is refused', async () => {
  const { map, engine } = mapped(['node1'])
  engine('node1').answers['/volumes/data'] = { Name: 'x'.repeat(300_000) }
  const { text } = await map.inspect({ kind: 'volume', id: 'data', node: 'node1' })
  expect(text).toHaveLength(200_000 + '\n… cut after 200000 of 300031 characters.'.length)
  const odd = { kind: 'volume', id: '../info', node: 'node1' } as const
  await expect(map.inspect(odd)).rejects.toMatchObject({ code: 'bad-input' })
})
