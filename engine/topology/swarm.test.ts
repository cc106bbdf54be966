import { expect, test } from 'vitest'
import type { SwarmNodeInfo } from '../docker'
import { formSwarm, type SwarmMember, type SwarmNode } from './swarm'

const READY: SwarmNodeInfo = { Status: { State: 'ready' } }
const UNREACHABLE: SwarmNodeInfo = { Status: { State: 'ready' }, ManagerStatus: { Reachability: 'unknown' } }

/** A cluster of nodes that only write down what they do. */
function cluster() {
  const log: string[] = []
  const running = new Set<string>()
  let members = (): SwarmNodeInfo[] => Array.from({ length: 9 }, () => READY)
  const node = (name: string): SwarmNode => ({
    docker: {
      swarm: {
        init: async ({ listen, advertise }) => void log.push(`${name} founds at ${advertise} on ${listen}`),
        join: async ({ manager, token }) => {
          log.push(`${name} begins to join ${manager} with ${token}`)
          running.add(name)
          await new Promise((resolve) => setImmediate(resolve))
          log.push(
            `${name} joined beside ${[...running].filter((other) => other !== name).join() || 'nobody'}`,
          )
          running.delete(name)
        },
        joinTokens: async () => ({ Manager: 'M', Worker: 'W' }),
        nodes: async () => members(),
      },
      networks: {
        exists: async (id) => {
          log.push(`${name} has ${id}`)
          return true
        },
      },
    },
  })
  const member = (name: string, role: SwarmMember['role'], starts = Promise.resolve(node(name))) => ({
    node: starts,
    role,
    address: `10.0.0.${name.at(-1)}`,
  })
  return {
    log,
    node,
    member,
    answer: (next: () => SwarmNodeInfo[]) => {
      members = next
    },
  }
}

test('a topology without a manager forms no swarm', async () => {
  const { log, member } = cluster()
  await formSwarm([])
  await formSwarm([member('worker1', 'worker')])
  expect(log).toEqual([])
})

test('the first manager founds the swarm, at its own address', async () => {
  const { log, member } = cluster()
  await formSwarm([member('worker1', 'worker'), member('manager2', 'manager'), member('manager3', 'manager')])
  expect(log[0]).toBe('manager2 founds at 10.0.0.2:2377 on 0.0.0.0:2377')
  expect(log).toContain('manager3 begins to join 10.0.0.2:2377 with M')
  expect(log).toContain('worker1 begins to join 10.0.0.2:2377 with W')
})

test('managers join one after the other, and workers side by side', async () => {
  const { log, member } = cluster()
  await formSwarm([
    ...['manager1', 'manager2', 'manager3'].map((name) => member(name, 'manager')),
    ...['worker4', 'worker5'].map((name) => member(name, 'worker')),
  ])
  const at = (line: string) => log.findIndex((one) => one.startsWith(line))
  expect(at('manager3 begins')).toBeGreaterThan(at('manager2 joined'))
  expect(log.find((line) => line.startsWith('manager2 joined'))).not.toContain('manager3')
  expect(log.find((line) => line.startsWith('worker4 joined'))).toContain('worker5')
})

test('the swarm is founded while other nodes still start', async () => {
  const { log, node, member } = cluster()
  let start = (_node: SwarmNode): void => undefined
  const late = new Promise<SwarmNode>((resolve) => {
    start = resolve
  })
  const formed = formSwarm([member('manager1', 'manager'), member('worker2', 'worker', late)])
  await new Promise((resolve) => setImmediate(resolve))
  expect(log).toEqual(['manager1 founds at 10.0.0.1:2377 on 0.0.0.0:2377'])
  start(node('worker2'))
  await formed
  expect(log.some((line) => line.startsWith('worker2 joined'))).toBe(true)
})

test('it is formed when all members are ready and reachable, and have their bridge', async () => {
  const { log, member, answer } = cluster()
  let looks = 0
  answer(() => {
    looks++
    if (looks === 1) return [READY]
    if (looks === 2) return [READY, UNREACHABLE]
    return [READY, READY]
  })
  await formSwarm([member('manager1', 'manager'), member('worker2', 'worker')])
  expect(looks).toBe(3)
  expect(log.filter((line) => line.endsWith('docker_gwbridge')).sort()).toEqual([
    'manager1 has docker_gwbridge',
    'worker2 has docker_gwbridge',
  ])
})

test('a node that does not start is the error', async () => {
  const { member } = cluster()
  const broken = Promise.reject(new Error('did not start'))
  broken.catch(() => undefined)
  const formed = formSwarm([member('manager1', 'manager'), member('worker2', 'worker', broken)])
  await expect(formed).rejects.toThrow('did not start')
})
