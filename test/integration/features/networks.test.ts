import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { openEngine } from '../engine-fixture'
import { kernelTestsOn } from '../kernel-test'
import { inspect, refused, run, until } from './in-node'
import { createService, inTask, makeSwarm, untilRunning } from './swarm-fixture'

// The features of the kernel must be known before the tests are listed. The engine is held to the end, so that it
// starts only once.
const held = await openEngine()
const kernelTest = kernelTestsOn(held.engine.capabilities)

const SLEEP = 'busybox sleep 600'

const bench = sharedBench()

afterAll(async () => {
  await held[Symbol.asyncDispose]()
})

describe('networks of one node', () => {
  let node: LabNode
  /** A second node that looks at the first one from outside. */
  let visitor: LabNode

  beforeAll(async () => {
    ;[node, visitor] = await Promise.all([bench().node('node1'), bench().node('visitor')])
  })

  test('bridge: containers reach each other by address and not by name', async () => {
    await run(node, `docker run -d --name plain ${SLEEP}`)
    const address = await inspect(node, 'plain', '{{.NetworkSettings.IPAddress}}')
    await run(node, `docker run --rm busybox ping -c 1 -W 2 ${address}`)
    expect(await refused(node, 'docker run --rm busybox ping -c 1 plain')).toBe("ping: bad address 'plain'")
    await run(node, 'docker rm -f plain')
  })

  test('bridge: a published port is reached through the node, and not when bound to another address', async () => {
    await run(node, 'docker run -d --name web -p 8080:80 -p 127.0.0.1:8081:80 nginx')
    await until(node, 'curl -sf 127.0.0.1:8080')
    const page = 'curl -s -m 5 http://node1'
    expect(await run(visitor, `${page}:8080`)).toContain('Welcome to nginx')
    expect((await visitor.script(`${page}:8081`)).exitCode).toBe(7)
    expect(await run(node, 'curl -s 127.0.0.1:8081')).toContain('Welcome to nginx')
    expect(await run(node, 'docker port web | sort')).toBe('80/tcp -> 0.0.0.0:8080\n80/tcp -> 127.0.0.1:8081')
    await run(node, 'docker rm -f web')
  })

  test('none: a container has nothing but its loopback', async () => {
    const look = `docker run --rm --network none busybox sh -c 'ip -o addr | grep inet; ip route'`
    const lines = (await run(node, look)).split('\n')
    expect(lines[0]).toMatch(/^1: lo {4}inet 127\.0\.0\.1\/8 /)
    expect(lines.slice(1).filter((line) => !/^1: lo {4}inet6 ::1\/128 /.test(line))).toEqual([])
  })

  test('host: a container uses the network of the node', async () => {
    await run(node, 'docker run -d --name shared --network host nginx')
    await until(node, 'curl -sf 127.0.0.1:80')
    const pid = await inspect(node, 'shared', '{{.State.Pid}}')
    expect(await run(node, `readlink /proc/${pid}/ns/net`)).toBe(await run(node, 'readlink /proc/1/ns/net'))
    expect(await run(visitor, 'curl -s -m 5 http://node1')).toContain('Welcome to nginx')
    await run(node, 'docker rm -f shared')
  })

  test('macvlan: containers have addresses on the network card of the node', async () => {
    await run(
      node,
      `docker network create --driver macvlan --subnet 10.98.0.0/24 --opt parent=eth0 wide
       docker run -d --name card --network wide --ip 10.98.0.5 ${SLEEP}
       docker run --rm --network wide busybox ping -c 1 -W 2 10.98.0.5`,
    )
    const pid = await inspect(node, 'card', '{{.State.Pid}}')
    expect(await run(node, `nsenter -t ${pid} -n ip -d link show eth0`)).toContain('macvlan mode bridge')
    // A parent interface cannot talk to its macvlans. This is the difference to a bridge.
    await run(node, 'ip route add 10.98.0.0/24 dev eth0')
    expect((await node.script('ping -c 1 -W 1 10.98.0.5')).stdout).toContain('100% packet loss')
    await run(node, 'docker rm -f card; docker network rm wide; ip route del 10.98.0.0/24')
  })

  test('user-defined: names and aliases are found, an alias as each of its containers', async () => {
    await run(
      node,
      `docker network create --subnet 10.97.0.0/24 app
       docker run -d --name one --network app --network-alias web --ip 10.97.0.11 ${SLEEP}
       docker run -d --name two --network app --network-alias web --ip 10.97.0.12 ${SLEEP}`,
    )
    const lookup = async (name: string) =>
      (await run(node, `docker exec one nslookup ${name} 127.0.0.11 | sed -n 's/^Address.* //p'`))
        .split('\n')
        .filter((address) => address.startsWith('10.97.'))
        .sort()
    expect(await lookup('two')).toEqual(['10.97.0.12'])
    expect(await lookup('web')).toEqual(['10.97.0.11', '10.97.0.12'])
    await run(node, 'docker exec one ping -c 1 -W 2 two')
  })

  test('user-defined: what is in no common network is out of reach until it is connected', async () => {
    await run(node, `docker network create far; docker run -d --name away --network far ${SLEEP}`)
    await run(node, 'docker network create near; docker run -d --name here --network near busybox sleep 600')
    const ping = 'docker exec here ping -c 1 -W 1 away'
    expect(await refused(node, ping)).toBe("ping: bad address 'away'")
    const address = await inspect(node, 'away', '{{.NetworkSettings.Networks.far.IPAddress}}')
    expect((await node.script(`docker exec here ping -c 1 -W 1 ${address}`)).exitCode).toBe(1)

    await run(node, `docker network connect near away; ${ping}`)
    await run(node, 'docker network disconnect near away')
    expect(await refused(node, ping)).toBe("ping: bad address 'away'")
  })

  test('internal: a network leads nowhere else', async () => {
    await run(node, 'docker network create --internal shut')
    const address = (await run(visitor, 'hostname -i')).trim()
    const ping = (network: string) => `docker run --rm --network ${network} busybox ping -c 1 -W 1 ${address}`
    await run(node, ping('bridge'))
    expect(await refused(node, ping('shut'))).toContain('Network is unreachable')
    await run(
      node,
      `docker run -d --name inside --network shut ${SLEEP}
       docker run --rm --network shut busybox ping -c 1 -W 2 inside`,
    )
  })
})

describe('overlay networks of two nodes', () => {
  let manager: LabNode
  let worker: LabNode

  beforeAll(async () => {
    ;[manager, worker] = await Promise.all([bench().node('manager'), bench().node('worker')])
    await makeSwarm([manager, worker])
  })

  /** Starts a container on each node in an attachable network and lets each ping the other by its name. */
  async function pingAcross(network: string, flags = ''): Promise<void> {
    await run(manager, `docker network create --driver overlay --attachable ${flags} ${network}`)
    const start = (name: string) => `docker run -d --name ${name} --network ${network} busybox sleep 600`
    await run(manager, start('one'))
    await run(worker, start('two'))
    const ping = (from: string, to: string) => `docker exec ${from} ping -c 1 -W 1 ${to}`
    await until(manager, ping('one', 'two'))
    await until(worker, ping('two', 'one'))
  }

  async function removeAll(network: string): Promise<void> {
    await run(manager, 'docker rm -f one')
    await run(worker, 'docker rm -f two')
    await run(manager, `docker network rm ${network}`)
  }

  test('an attachable network joins containers of both nodes by name, in one subnet', async () => {
    await pingAcross('wide', '--subnet 10.96.0.0/24')
    const address = `{{.NetworkSettings.Networks.wide.IPAddress}}`
    expect(await inspect(manager, 'one', address)).toMatch(/^10\.96\.0\./)
    expect(await inspect(worker, 'two', address)).toMatch(/^10\.96\.0\./)
    expect(await inspect(worker, 'two', address)).not.toBe(await inspect(manager, 'one', address))
    await removeAll('wide')
    await until(worker, '! docker network inspect wide')
  })

  test('a network that is not attachable takes services only', async () => {
    await run(manager, 'docker network create --driver overlay closed')
    expect(await refused(manager, 'docker run --rm --network closed busybox true')).toContain(
      'not manually attachable',
    )
    await createService(manager, { name: 'inside', tasks: 1, flags: '--network closed' })
    await run(
      manager,
      'docker service rm inside; until docker network rm closed 2> /dev/null; do sleep 0.1; done',
    )
  })

  test('a service is found by its name on each node, as all its tasks', async () => {
    await run(manager, 'docker network create --driver overlay app')
    await createService(manager, { name: 'web', tasks: 4, flags: '--network app' })
    for (const node of [manager, worker]) {
      const lookup = inTask('web', 'nslookup web 127.0.0.11')
      await until(node, `[ "$(${lookup} | grep -c '^Address.*10[.]')" = 4 ]`)
    }
    await run(manager, 'docker service rm web')
  })

  test('a port published in host mode is open on the nodes with a task', async () => {
    await run(
      manager,
      `docker service create -d --name page --endpoint-mode dnsrr --mode global --constraint node.role==worker \\
         --publish mode=host,published=8080,target=80 nginx`,
    )
    await untilRunning(manager, 'page', 1)
    await until(manager, `curl -s -m 2 http://worker:8080 | grep -q 'Welcome to nginx'`)
    expect((await manager.script('curl -s -m 2 http://manager:8080')).exitCode).toBe(7)
    await run(manager, 'docker service rm page')
  })

  kernelTest('ipvs', 'the routing mesh answers on each node at one virtual address', async () => {
    await run(manager, 'docker network create --driver overlay front')
    await run(
      manager,
      `docker service create -d --name mesh --network front --constraint node.role==worker \\
         --replicas 2 --publish published=8081,target=80 nginx`,
    )
    await untilRunning(manager, 'mesh', 2)
    for (const node of [manager, worker]) {
      await until(manager, `curl -s -m 2 http://${node.name}:8081 | grep -q 'Welcome to nginx'`)
    }
    const virtual = `docker service inspect mesh | jq '[.[0].Endpoint.VirtualIPs[].Addr] | length'`
    expect(await run(manager, virtual)).toBe('2')
    await run(manager, 'docker service rm mesh')
  })

  kernelTest('esp', 'an encrypted network wraps what it carries in ESP', async () => {
    await pingAcross('secret', '--opt encrypted')
    for (const node of [manager, worker]) {
      expect(await run(node, 'ip xfrm state')).toContain('proto esp')
    }
    await removeAll('secret')
  })
})
