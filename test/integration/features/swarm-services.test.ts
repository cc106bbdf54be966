import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { refused, run, until } from './in-node'
import { createService, inTask, makeSwarm, nodesOf, untilRunning } from './swarm-fixture'

const STACK = (replicas: number) => `version: "3.8"
services:
  sleeper:
    image: busybox
    command: sleep 600
    stop_grace_period: 100ms
    environment: {COLOUR: red}
    configs: [{source: words, target: /words}]
    networks: [inner]
    deploy: {replicas: ${replicas}, endpoint_mode: dnsrr, placement: {constraints: [node.role == worker]}}
configs:
  words: {file: words.txt}
networks:
  inner: {attachable: true}
`

describe('services of a swarm', () => {
  const bench = sharedBench()
  let manager: LabNode
  let worker: LabNode

  beforeAll(async () => {
    const nodes = await Promise.all([bench().node('node1'), bench().node('node2'), bench().node('node3')])
    ;[manager, worker] = nodes
    await makeSwarm(nodes)
  })

  test('see secrets and configs as files, which the manager does not show and does not let go', async () => {
    await run(manager, 'echo hidden | docker secret create key -; echo shown | docker config create words -')
    const files = '--secret source=key,target=door,mode=0400 --config source=words,target=/words'
    const there = '--constraint node.hostname==node2'
    await createService(manager, { name: 'reads', tasks: 1, flags: `${files} ${there}` })
    expect(await run(worker, inTask('reads', 'cat /run/secrets/door /words'))).toBe('hidden\nshown')
    expect(await run(worker, inTask('reads', 'stat -c %a /run/secrets/door'))).toBe('400')
    // A secret is never on the worker's disk.
    expect(
      await run(worker, inTask('reads', `sed -n 's/^tmpfs \\(.run.secrets.door\\) .*/\\1/p' /proc/mounts`)),
    ).toBe('/run/secrets/door')
    expect(await run(manager, `docker secret inspect key --format '{{json .Spec.Data}}'`)).toBe('null')
    expect(await run(manager, `docker config inspect words --format '{{json .Spec.Data}}'`)).toBe(
      `"${Buffer.from('shown\n').toString('base64')}"`,
    )
    expect(await refused(manager, 'docker secret rm key')).toContain(
      'is in use by the following service: reads',
    )
  })

  test('take another secret in place of the old one', async () => {
    await run(manager, 'echo first | docker secret create key1 -; echo second | docker secret create key2 -')
    await createService(manager, {
      name: 'rotates',
      tasks: 1,
      flags: '--secret source=key1,target=key --constraint node.hostname==node2',
    })
    await run(
      manager,
      'docker service update -d --secret-rm key1 --secret-add source=key2,target=key rotates',
    )
    await until(worker, `[ "$(${inTask('rotates', 'cat /run/secrets/key')})" = second ]`)
    expect(await run(manager, 'docker secret rm key1')).toBe('key1')
    await run(manager, 'docker service rm reads rotates')
  })

  test('run where a constraint lets them, and wait where none does', async () => {
    await run(manager, 'docker node update --label-add disk=ssd node3')
    await createService(manager, { name: 'fast', tasks: 3, flags: '--constraint node.labels.disk==ssd' })
    expect(await nodesOf(manager, 'fast')).toEqual(['node3', 'node3', 'node3'])

    await run(manager, 'docker service update -d --constraint-add node.role==manager fast')
    const reasons = `docker service ps fast --no-trunc --filter desired-state=running --format '{{.Error}}'`
    await until(manager, `${reasons} | grep -q 'no suitable node (scheduling constraints not satisfied'`)
    await run(manager, 'docker service rm fast')
  })

  test('are spread over the values of a label that a preference names, not over the nodes', async () => {
    await run(
      manager,
      `docker node update --label-add zone=a node1
       docker node update --label-add zone=b node2
       docker node update --label-add zone=b node3`,
    )
    const count = async (service: string) =>
      (await nodesOf(manager, service)).filter((name) => name === 'node1').length
    await createService(manager, { name: 'even', tasks: 6 })
    expect(await count('even')).toBe(2)
    await run(manager, 'docker service rm even')
    await createService(manager, {
      name: 'zones',
      tasks: 6,
      flags: '--placement-pref spread=node.labels.zone',
    })
    expect(await count('zones')).toBe(3)
    await run(manager, 'docker service rm zones')
  })

  test('in global mode run once on each node, and leave a node that is drained', async () => {
    await createService(manager, { name: 'everywhere', tasks: 3, flags: '--mode global' })
    expect(await nodesOf(manager, 'everywhere')).toEqual(['node1', 'node2', 'node3'])
    await createService(manager, { name: 'some', tasks: 4 })

    await run(manager, 'docker node update --availability drain node3')
    await untilRunning(manager, 'everywhere', 2)
    await untilRunning(manager, 'some', 4)
    expect(await nodesOf(manager, 'everywhere')).toEqual(['node1', 'node2'])
    expect(await nodesOf(manager, 'some')).not.toContain('node3')
    expect(
      await run(manager, `docker node inspect node3 --format '{{.Spec.Availability}} {{.Status.State}}'`),
    ).toBe('drain ready')
    await run(manager, 'docker node update --availability active node3')
    await untilRunning(manager, 'everywhere', 3)
    // Tasks that have moved away do not come back by themselves.
    expect(await nodesOf(manager, 'some')).not.toContain('node3')
    await run(manager, 'docker service rm everywhere some')
  })

  test('come from a compose file as a stack, change with it and go with it', async () => {
    const deploy = async (replicas: number) => {
      await manager.writeFile('/stack/stack.yml', STACK(replicas))
      await manager.writeFile('/stack/words.txt', 'from a file\n')
      await run(manager, 'cd /stack; docker stack deploy -c stack.yml shop')
      await untilRunning(manager, 'shop_sleeper', replicas)
    }
    await deploy(1)
    expect(await run(manager, `docker stack services shop --format '{{.Name}} {{.Replicas}}'`)).toBe(
      'shop_sleeper 1/1',
    )
    const [on] = await nodesOf(manager, 'shop_sleeper')
    expect(['node2', 'node3']).toContain(on)
    await deploy(4)
    expect(new Set(await nodesOf(manager, 'shop_sleeper'))).toEqual(new Set(['node2', 'node3']))
    const look = inTask(
      'shop_sleeper',
      `sh -c 'cat /words; echo $COLOUR; nslookup sleeper 127.0.0.11 | grep -c "^Address.*10\\\\."'`,
    )
    expect(await run(worker, look)).toBe('from a file\nred\n4')

    await run(manager, 'docker stack rm shop')
    const left =
      'docker service ls -q; docker config ls -q --filter name=shop; docker network ls -q --filter name=shop'
    await until(manager, `[ -z "$(${left})" ]`)
    await until(worker, '[ -z "$(docker ps -q --filter name=shop)" ]')
  })
})
