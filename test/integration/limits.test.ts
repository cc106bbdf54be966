/** A node that takes all it can get: the rest of the machine and the engine in the node go on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LoadedLab, loadLab } from '../../engine/labs'
import { LAB, withLab } from '../../engine/labs/lab-folder.test-kit'
import { createNode, type LabNode } from '../../engine/node'
import { type LabSession, recordsInMemory, SessionManager, settled } from '../../engine/session'
import { EngineDisk, TopologyPool } from '../../engine/topology'
import { isCapstanError } from '../../shared/errors'
import { sharedBench } from './bench'

/** A lab as its author writes it. */
async function labWith(nodes: string): Promise<LoadedLab> {
  const { lab, problems } = await withLab(LAB.replace(/^nodes: .*$/m, nodes), loadLab)
  if (!lab) throw new Error(JSON.stringify(problems))
  return lab
}

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

describe('a session whose node takes too much', () => {
  const bench = sharedBench()
  const GIB = 2 ** 30
  let manager: SessionManager
  let session: LabSession

  beforeAll(async () => {
    const { engine, images, docker } = bench()
    const owner = `test-limits-${process.pid}`
    const real = new EngineDisk(docker, images.mirrors)
    // The disk of this computer, as if others had filled it up to 100 MiB above the floor.
    const taken = (await real.look()).free - 1.1 * GIB
    const look = async () => ({ free: (await real.look()).free - taken, total: 100 * GIB })
    const disk = Object.assign(new EngineDisk(docker, images.mirrors), { look, close: () => real.close() })
    const lab = await labWith('nodes: { greedy: { memory: 384, disk: 60000 }, neighbour: { memory: 384 } }')
    const topologies = new TopologyPool({ engine, images, owner, room: async () => 0 })
    manager = new SessionManager({
      engine,
      topologies,
      disk,
      catalogue: () => [lab],
      records: recordsInMemory(),
      owner,
    })
    session = await manager.start(lab.id)
    await settled(session)
    expect(session.snapshot()).toMatchObject({ state: 'running', notice: null })
  })

  afterAll(async () => {
    if (session) await manager.stop(session.id)
    await manager?.dispose()
  })

  test('the nodes have the memory and the disk that their lab asks for', async () => {
    const { docker, images } = bench()
    const { stdout } = await session
      .node('greedy')
      .script('cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory.max 2>/dev/null')
    expect(stdout).toBe(`${384 * 2 ** 20}\n`)
    const disk = new EngineDisk(docker, images.mirrors)
    const uses = await disk.uses()
    disk.close()
    const limitOf = (name: string) =>
      uses.find(({ containerId }) => containerId === session.node(name).containerId)?.limit
    expect([limitOf('greedy'), limitOf('neighbour')]).toEqual([60_000 * 2 ** 20, 8192 * 2 ** 20])
  })

  const stateOf = (name: string) => session.snapshot().nodes.find((node) => node.name === name)

  test('the student is told when the kernel has ended a program for its memory', async () => {
    const { exitCode } = await session
      .node('greedy')
      .script('echo 300 > /proc/self/oom_score_adj; tail /dev/zero', { limitMs: 60_000 })
    expect(exitCode).toBe(137)
    await expect
      .poll(() => session.snapshot().notice, { timeout: 10_000 })
      .toMatch(/^greedy reached its memory limit of 384 MiB/)
    expect(stateOf('greedy')).toMatchObject({ state: 'running', trouble: 'memory' })
    expect(stateOf('neighbour')).toMatchObject({ state: 'running', trouble: null })
  })

  test('a node that fills the disk is stopped, its neighbour goes on, and a reset brings it back', async () => {
    const fill = 'for file in $(seq 60); do dd if=/dev/zero of=/root/$file bs=1M count=100; done'
    const ended = session.node('greedy').script(fill, { limitMs: 60_000 })
    // Whether the shell's end or the node's end comes first is a matter of luck.
    const how = await ended.then(
      ({ exitCode }) => exitCode,
      (error: unknown) => isCapstanError(error) && error.code,
    )
    expect([137, 'node-gone']).toContain(how)
    await expect.poll(() => stateOf('greedy')?.state, { timeout: 20_000 }).toBe('stopped')
    expect(session.snapshot().notice).toMatch(/^greedy was stopped, because the disk .* was almost full/)
    expect(stateOf('neighbour')).toMatchObject({ state: 'running', trouble: null })
    // It was frozen while the files were counted, and an engine refuses commands in a frozen container.
    const info = async () => (await session.node('neighbour').exec(['docker', 'info'])).exitCode
    await expect.poll(() => info().catch(() => null), { timeout: 30_000 }).toBe(0)
    await session.reset()
    expect(session.snapshot()).toMatchObject({ state: 'running', notice: null })
    expect((await session.node('greedy').exec(['ls', '/root/1'])).exitCode).not.toBe(0)
  })
})
