import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LabNode } from '../../engine/node'
import { leftoversOf, removeTopology, type Shape, Topology } from '../../engine/topology'
import { openEngine, type ReadyEngine } from '../integration/engine-fixture'

const managers: Shape = {
  nodes: ['manager1', 'manager2', 'manager3'].map((name) => ({ name, swarm: 'manager', networks: ['lab'] })),
  networks: [{ name: 'lab', internal: false }],
}
const options = { signal: new AbortController().signal, onActivity: () => undefined }

let ready: ReadyEngine
let topology: Topology

beforeAll(async () => {
  ready = await openEngine()
  topology = await Topology.build({ ...ready, owner: 'test-faults' }, managers, options)
})

afterAll(async () => {
  if (topology) await removeTopology(ready.engine, topology.id)
  expect(await leftoversOf(ready.engine, topology.id)).toEqual([])
  await ready[Symbol.asyncDispose]()
})

/** The names of the leader and of the reachable managers, as a manager sees them. */
async function statusSeenBy(node: LabNode): Promise<Record<string, string>> {
  const format = '{{.Hostname}} {{.ManagerStatus}}'
  const { stdout } = await node.exec(['timeout', '2', 'docker', 'node', 'ls', '--format', format])
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')),
  )
}

test('the leader is killed: another takes over, its service is kept, and it comes back as a follower', async () => {
  const survivor = topology.node('manager2')
  const service =
    'docker service create -d --name kept --endpoint-mode dnsrr --replicas 1 --stop-grace-period 1s busybox sleep 1d'
  expect(await topology.node('manager1').script(service)).toMatchObject({ exitCode: 0 })
  expect(await statusSeenBy(survivor)).toMatchObject({ manager1: 'Leader' })
  await topology.switchNode('manager1', 'kill')
  await expect
    .poll(async () => Object.values(await statusSeenBy(survivor)), { timeout: 60_000 })
    .toContain('Leader')
  const old = async () => (await statusSeenBy(survivor)).manager1
  await expect.poll(old, { timeout: 60_000 }).toBe('Unreachable')
  expect(await survivor.exec(['docker', 'service', 'ls', '--format', '{{.Name}}'])).toMatchObject({
    stdout: 'kept\n',
  })
  await topology.switchNode('manager1', 'start')
  await expect.poll(old, { timeout: 60_000 }).toBe('Reachable')
})

test('the registry is killed during a pull: the pull fails, and the next lab finds it running', async () => {
  const { docker } = ready.engine
  const mirror = ready.images.mirrors[0]?.container ?? ''
  const node = topology.node('manager3')
  const pull = ['timeout', '-s', 'KILL', '40', 'docker', 'pull', '-q', 'postgres:15']
  const again = 'while docker pull -q postgres:15; do touch /root/pulled; docker rmi -f postgres:15; done'
  const pulling = node.script(`${again}; exit 7`, { limitMs: 100_000 })
  await expect
    .poll(async () => (await node.exec(['test', '-e', '/root/pulled'])).exitCode, { timeout: 30_000 })
    .toBe(0)
  await docker.containers.kill(mirror)
  expect(await pulling).toMatchObject({
    exitCode: 7,
    stderr: expect.stringMatching(/refused|no such host|timeout|EOF/),
  })
  const single: Shape = {
    nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }],
    networks: managers.networks,
  }
  const next = await Topology.build({ ...ready, owner: 'test-faults' }, single, options)
  try {
    expect(
      await next.node('node1').exec(['docker', 'pull', '-q', 'redis:7'], { limitMs: 60_000 }),
    ).toMatchObject({ exitCode: 0 })
    // The nodes that existed before can reach it again, too.
    expect(await node.exec(pull, { limitMs: 60_000 })).toMatchObject({ exitCode: 0 })
  } finally {
    await removeTopology(ready.engine, next.id)
  }
})
