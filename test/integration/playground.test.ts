import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LabSession, reap, recordsInMemory, SessionManager, settled } from '../../engine/session'
import { TopologyPool } from '../../engine/topology'
import { openEngine, type ReadyEngine } from './engine-fixture'

const LIMIT = { timeout: 180_000 }
const owner = `test-playground-${process.pid}`
const records = recordsInMemory()
let ready: ReadyEngine
let manager: SessionManager

/** What a new process of the app would open. */
function openManager(): SessionManager {
  const topologies = new TopologyPool({ ...ready, owner, room: async () => 0 })
  return new SessionManager({ engine: ready.engine, topologies, catalogue: () => [], records, owner })
}

async function start(workers: number) {
  const choice = { name: 'Test', managers: 1, workers, swarm: true, engine: null }
  const session = await manager.startPlayground(choice)
  await settled(session)
  expect(session.snapshot()).toMatchObject({ state: 'running', problem: null })
  return session
}

async function run(session: LabSession, node: string, script: string): Promise<string> {
  const { exitCode, stdout, stderr } = await session.node(node).script(script, { limitMs: 60_000 })
  expect(`${exitCode} ${exitCode === 0 ? '' : stderr}`.trim()).toBe('0')
  return stdout.trim()
}

const LIST = "docker node ls --format '{{.Hostname}} {{.Status}} {{.ManagerStatus}}' | sed 's/ *$//' | sort"

beforeAll(async () => {
  ready = await openEngine()
  manager = openManager()
})

afterAll(async () => {
  for (const { id } of manager.list()) await manager.stop(id)
  await manager.dispose()
  await reap({ engine: ready.engine, records: recordsInMemory(), owner })
  await ready[Symbol.asyncDispose]()
})

test('nodes are added to a swarm that runs, and leave it again', LIMIT, async () => {
  const session = await start(1)
  expect(await manager.addNode(session.id, { role: 'worker', join: true })).toBe('worker2')
  expect(await manager.addNode(session.id, { role: 'manager', join: true })).toBe('manager2')
  expect(await manager.addNode(session.id, { role: 'worker', join: false })).toBe('worker3')
  expect(await run(session, 'manager1', LIST)).toBe(
    ['manager1 Ready Leader', 'manager2 Ready Reachable', 'worker1 Ready', 'worker2 Ready'].join('\n'),
  )
  expect(await run(session, 'worker3', "docker info -f '{{.Swarm.LocalNodeState}}'")).toBe('inactive')
  await session.playground.removeNode('manager2', { leaves: true })
  await session.playground.removeNode('worker1', { leaves: true })
  await session.playground.removeNode('worker3', { leaves: false })
  expect(await run(session, 'manager1', LIST)).toBe('manager1 Ready Leader\nworker2 Ready')
  expect(session.snapshot().nodes.map(({ name }) => name)).toEqual(['manager1', 'worker2'])
  await expect(session.playground.removeNode('manager1', { leaves: true })).rejects.toThrow('last manager')
  await manager.stop(session.id)
})

test(
  'a saved playground keeps its files and volumes, and the next process does not start it',
  LIMIT,
  async () => {
    const first = await start(1)
    await run(first, 'manager1', 'echo kept > /root/file; docker volume create data')
    await run(
      first,
      'manager1',
      'docker run --rm -v data:/data busybox sh -c "echo in-volume > /data/file"; docker swarm join-token -q worker > /root/token',
    )
    await first.playground.save()
    expect(first.snapshot()).toMatchObject({
      state: 'saved',
      nodes: [{ state: 'stopped' }, { state: 'stopped' }],
    })
    await manager.dispose({ keepNodes: true })

    manager = openManager()
    await manager.resume()
    const second = manager.get(first.id)
    await expect.poll(() => second.state).toBe('saved')
    const id = second.topologyId ?? ''
    const containers = await ready.engine.docker.containers.list({ labels: [`capstan.topology=${id}`] })
    expect(containers.map(({ State }) => State)).toEqual(['exited', 'exited'])

    await manager.continuePlayground(second.id)
    await expect.poll(() => second.state, { timeout: 60_000 }).toBe('running')
    expect(await run(second, 'manager1', 'cat /root/file')).toBe('kept')
    expect(await run(second, 'manager1', 'docker run --rm -v data:/data busybox cat /data/file')).toBe(
      'in-volume',
    )
    await expect
      .poll(() => run(second, 'manager1', LIST), { timeout: 60_000 })
      .toBe('manager1 Ready Leader\nworker1 Ready')
    await manager.stop(second.id)
  },
)

test('a compose file is kept in the node and deployed there, with and without a swarm', LIMIT, async () => {
  const text = 'services:\n  web:\n    image: nginx:alpine\n    network_mode: bridge\n'
  const swarm = await start(0)
  const stack = await swarm.playground.placeCompose({
    name: 'web',
    text: 'services:\n  web:\n    image: nginx:alpine\n    deploy: {endpoint_mode: dnsrr}\n    ports: [{target: 80, published: 8080, mode: host}]\n',
  })
  expect(stack).toMatchObject({ node: 'manager1', path: '/root/web/compose.yaml' })
  await run(swarm, 'manager1', stack.command)
  await expect.poll(() => swarm.snapshot().nodes[0]?.ports, { timeout: 60_000 }).toContain(8080)
  await manager.stop(swarm.id)

  const plain = await manager.startPlayground({
    name: 'Plain',
    managers: 1,
    workers: 0,
    swarm: false,
    engine: null,
  })
  await settled(plain)
  const { command } = await plain.playground.placeCompose({ name: 'web', text })
  expect(command).toContain('docker compose')
  await run(plain, 'manager1', command)
  expect(await run(plain, 'manager1', "docker ps --format '{{.Image}}'")).toBe('nginx:alpine')
  await manager.stop(plain.id)
})
