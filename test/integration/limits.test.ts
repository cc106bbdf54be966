/** A node that takes all it can get: the rest of the machine and the engine in the node go on. */
import { beforeAll, describe, expect, test } from 'vitest'
import { createNode, type LabNode } from '../../engine/node'
import { sharedBench } from './bench'

describe('a greedy node', () => {
  const bench = sharedBench()
  let node: LabNode
  let neighbour: LabNode

  beforeAll(async () => {
    const { engine, images, topologyId } = bench()
    const network = `capstan-${topologyId}`
    const common = { engine, images, topologyId, owner: 'test' }
    node = await createNode({
      ...common,
      networks: [{ network }],
      name: 'greedy',
      need: { nodes: 2, memory: 384 },
    })
    neighbour = await createNode({ ...common, networks: [{ network }], name: 'neighbour' })
  })

  const engineOf = async () => (await node.exec(['pidof', 'dockerd'])).stdout

  test.each([
    ['a container', 'docker run --rm busybox tail /dev/zero'],
    ['a shell', 'echo 300 > /proc/self/oom_score_adj; tail /dev/zero'],
  ])('%s that takes all memory is killed, and the engine beside it is not', async (_who, script) => {
    const before = await engineOf()
    expect((await node.script(script, { limitMs: 60_000 })).exitCode).toBe(137)
    expect(await engineOf()).toBe(before)
    await Promise.all([node.docker.ping(), neighbour.docker.ping(), bench().docker.ping()])
  })

  test('containers go before the engine that runs them', async () => {
    const { stdout } = await node.script(
      'docker run --rm busybox cat /proc/self/oom_score_adj; cat /proc/$(pidof dockerd)/oom_score_adj',
    )
    expect(stdout).toBe('300\n0\n')
  })

  test('a disk cannot be taken at once, nor by one endless file', async () => {
    const atOnce = await node.script('fallocate -l 1G /root/large')
    expect(atOnce.stderr).toContain('Operation not supported')
    const endless = await node.script('trap "" XFSZ; truncate -s 5G /root/endless')
    expect(endless.stderr).toContain('File too large')
  })

  test('its processes and open files have an end', async () => {
    expect((await node.script('ulimit -Hn')).stdout).toBe('16384\n')
    const { stdout } = await node.script(`
      cd /sys/fs/cgroup
      cat memory/memory.limit_in_bytes memory.max 2>/dev/null
      cat pids/pids.max pids.max 2>/dev/null`)
    expect(stdout.trim().split('\n')).toEqual([String(384 * 2 ** 20), '4096'])
  })
})
