import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { refused, run, until } from './in-node'
import { createService, inTask, join, joinToken, makeSwarm, untilRunning } from './swarm-fixture'

const CERTIFICATES = '/var/lib/docker/swarm/certificates'
/** A manager without a quorum, or a locked one, may take 20 s until it answers. */
const LIST = `timeout 25 docker node ls --format '{{.Hostname}} {{.Status}} {{.ManagerStatus}}'`

describe('keeping a swarm', () => {
  const bench = sharedBench()
  let manager: LabNode
  let worker: LabNode

  beforeAll(async () => {
    ;[manager, worker] = await Promise.all([bench().node('node1'), bench().node('node2')])
    await makeSwarm([manager])
  })

  test('a join token that was rotated lets nobody in any more, and the new one does', async () => {
    const old = await joinToken(manager)
    const fresh = await run(manager, 'docker swarm join-token --rotate --quiet worker')
    expect(fresh).not.toBe(old)
    expect(await joinToken(manager)).toBe(fresh)
    // Both run at once, because the refused one gets its answer only after several tries.
    const [said] = await Promise.all([
      refused(await bench().node('stranger'), join(old, manager)),
      run(worker, join(fresh, manager)),
    ])
    expect(said).toContain('A valid join token is necessary')
    await until(manager, `${LIST} | grep -qx 'node2 Ready '`)
  })

  test('a rotated CA is what every node has its certificate from, and no node drops out', async () => {
    const old = await run(manager, 'docker swarm ca')
    await run(manager, 'timeout 60 docker swarm ca --rotate --quiet > /dev/null', 65_000)
    const fresh = await run(manager, 'docker swarm ca')
    expect(fresh).not.toBe(old)
    await manager.writeFile('/root/old.pem', old)
    for (const node of [manager, worker]) {
      await node.writeFile('/root/ca.pem', fresh)
      await until(node, `openssl verify -CAfile /root/ca.pem ${CERTIFICATES}/swarm-node.crt`)
    }
    await refused(manager, `openssl verify -CAfile /root/old.pem ${CERTIFICATES}/swarm-node.crt`)
    await until(manager, `[ "$(${LIST} | sort | xargs)" = 'node1 Ready Leader node2 Ready' ]`)
  })

  test('an autolocked manager that restarts does nothing before it is given the key', async () => {
    await run(manager, 'docker swarm update --autolock=true')
    const key = await run(manager, 'docker swarm unlock-key --quiet')
    expect(key).toMatch(/^SWMKEY-1-/)
    await manager.restart()
    expect(await refused(manager, LIST)).toContain('Swarm is encrypted and needs to be unlocked')
    expect(await run(manager, `docker info --format '{{.Swarm.LocalNodeState}}'`)).toBe('locked')
    const wrong = `SWMKEY-1-${Buffer.alloc(32).toString('base64').replace('=', '')}`
    expect(await refused(manager, `echo ${wrong} | timeout 20 docker swarm unlock`)).toContain(
      'swarm could not be unlocked: invalid key provided',
    )
    await run(manager, `echo ${key} | timeout 20 docker swarm unlock`)
    await until(manager, `${LIST} | grep -qx 'node1 Ready Leader'`)
    await run(manager, 'docker swarm update --autolock=false')
  })

  test('a copy of its folder brings the swarm back on a fresh node, with --force-new-cluster', async () => {
    await run(manager, 'echo hidden | docker secret create key -; echo shown | docker config create words -')
    await createService(manager, {
      name: 'kept',
      tasks: 1,
      flags: '--secret key --config source=words,target=/words --constraint node.role==manager',
    })
    const id = await run(manager, `docker info --format '{{.Swarm.Cluster.ID}}'`)
    // An engine must be stopped during a backup. Stopping this one would end its node, so it is frozen: a frozen
    // engine writes nothing either.
    const engine = '$(pgrep -x dockerd)'
    await run(
      manager,
      `kill -STOP ${engine}; trap 'kill -CONT ${engine}' EXIT
       tar --create --gzip --sparse --file /root/swarm.tgz --directory /var/lib/docker swarm`,
    )
    const backup = await manager.readFile('/root/swarm.tgz', { maxBytes: 64 * 2 ** 20 })
    await manager.remove()

    const fresh = await bench().node('node3')
    await fresh.writeFile('/root/swarm.tgz', backup)
    await run(fresh, 'rm -r /var/lib/docker/swarm; tar -xzf /root/swarm.tgz -C /var/lib/docker')
    await fresh.kill()
    await fresh.start()
    await run(fresh, 'timeout 60 docker swarm init --force-new-cluster --advertise-addr eth0', 65_000)
    expect(await run(fresh, `docker info --format '{{.Swarm.Cluster.ID}}'`)).toBe(id)
    await until(fresh, `${LIST} | grep -qx 'node3 Ready Leader'`)
    await untilRunning(fresh, 'kept', 1)
    await until(fresh, `[ "$(${inTask('kept', 'cat /run/secrets/key /words')} | xargs)" = 'hidden shown' ]`)
  })
})
