import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { inspect, refused, run, until } from './in-node'

/**
 * The files of the limits in a container, for both versions of cgroups. The older version has a folder for each kind.
 */
const LIMITS = {
  1: { memory: 'memory/memory.limit_in_bytes', cpus: 'cpu/cpu.cfs_quota_us', cpuset: 'cpuset/cpuset.cpus' },
  2: { memory: 'memory.max', cpus: 'cpu.max', cpuset: 'cpuset.cpus' },
}

describe('the resources and the health of a container', () => {
  const bench = sharedBench()
  let node: LabNode
  let limits: (typeof LIMITS)[1]

  beforeAll(async () => {
    node = await bench().node('node1')
    limits = bench().engine.capabilities.cgroup === 2 ? LIMITS[2] : LIMITS[1]
  })

  /** Reads the limit that the kernel enforces. */
  async function limitOf(name: string, kind: keyof typeof limits): Promise<string> {
    return await run(node, `docker exec ${name} cat /sys/fs/cgroup/${limits[kind]} | cut -d' ' -f1`)
  }

  test('memory: what takes more is killed, exits with 137, and an event tells', async () => {
    // tail keeps everything it reads, because the input has no end of line. Its shell stays until the event has come:
    // when Docker sees the exit before the reason, it reports that there was no such kill.
    const greedy = 'tail /dev/zero; code=$?; until [ -e /seen ]; do sleep 0.1; done; exit $code'
    await run(node, `docker run -d --name greedy --memory 20m --memory-swap 20m busybox sh -c '${greedy}'`)
    const events = 'docker events --since 60s --until "$(date +%s.%N)" --filter container=greedy'
    await until(node, `${events} --format '{{.Action}}' | grep -qx oom`)
    expect(await run(node, 'docker exec greedy touch /seen; docker wait greedy')).toBe('137')
    expect(await inspect(node, 'greedy', '{{.State.OOMKilled}} {{.State.ExitCode}}')).toBe('true 137')

    const modest = 'docker run --rm --memory 20m busybox sh -c "head -c 5m /dev/zero | tail | wc -c"'
    expect(await run(node, modest)).toBe(String(5 * 2 ** 20))
  })

  test('a limit below the least that Docker takes is refused', async () => {
    expect(await refused(node, 'docker create --memory 1m busybox')).toContain(
      'Minimum memory limit allowed is 6MB',
    )
  })

  test('cpus: half a core is what a busy container gets', async () => {
    await run(node, `docker run -d --name busy --cpus 0.5 busybox sh -c 'while :; do :; done'`)
    expect(await limitOf('busy', 'cpus')).toBe('50000')
    // Without the limit the loop would use all of a core. The kernel counts how often it held the loop back, however
    // busy the machine is.
    const stat = bench().engine.capabilities.cgroup === 2 ? 'cpu.stat' : 'cpu/cpu.stat'
    const throttled = `docker exec busy sed -n 's/^nr_throttled //p' /sys/fs/cgroup/${stat}`
    await until(node, `[ "$(${throttled})" -ge 3 ]`)
    await run(node, 'docker rm -f busy')
  })

  test('cpuset: a container stays on the cores it is given', async () => {
    const container = 'docker run --rm --cpuset-cpus 0 busybox'
    expect(await run(node, `${container} sed -n 's/^Cpus_allowed_list:\\t//p' /proc/self/status`)).toBe('0')
    expect(await run(node, `${container} nproc`)).toBe('1')
  })

  test('docker update changes the limits of a running container', async () => {
    await run(node, 'docker run -d --name grows --memory 20m --cpus 0.5 busybox sleep 600')
    expect(await limitOf('grows', 'memory')).toBe(String(20 * 2 ** 20))
    const pid = await inspect(node, 'grows', '{{.State.Pid}}')
    await run(node, 'docker update --memory 40m --memory-swap 80m --cpus 0.25 --cpuset-cpus 0 grows')
    expect(await limitOf('grows', 'memory')).toBe(String(40 * 2 ** 20))
    expect(await limitOf('grows', 'cpus')).toBe('25000')
    expect(await limitOf('grows', 'cpuset')).toBe('0')
    expect(await inspect(node, 'grows', '{{.State.Pid}} {{.HostConfig.Memory}}')).toBe(`${pid} 41943040`)

    await run(node, 'docker update --restart on-failure:3 grows')
    expect(await inspect(node, 'grows', '{{.HostConfig.RestartPolicy}}')).toBe('{on-failure 3}')
    await run(node, 'docker rm -f grows')
  })

  test('pids: a container cannot have more processes than its limit', async () => {
    const forks = `sh -c 'for i in 1 2 3 4 5 6 7 8; do sleep 60 & done; echo all started; kill 0'`
    const { stdout, stderr } = await node.script(`docker run --rm --pids-limit 5 busybox ${forks}`)
    expect([stdout, stderr]).toEqual(['', expect.stringContaining("can't fork")])
    expect((await node.script(`docker run --rm --pids-limit 20 busybox ${forks}`)).stdout).toBe(
      'all started\n',
    )
  })

  test('docker stats and docker top show what a container uses and runs', async () => {
    await run(node, 'docker run -d --name seen --memory 64m busybox sleep 600')
    const stats = `docker stats --no-stream --format '{{.Name}} {{.PIDs}} {{.MemUsage}}' seen`
    expect(await run(node, stats)).toMatch(/^seen 1 [\d.]+(KiB|MiB) \/ 64MiB$/)
    expect(await run(node, `docker top seen -o pid,args | tail -n 1`)).toMatch(/^\d+ +sleep 600$/)
    await run(node, 'docker rm -f seen')
  })

  test('health: a failing check makes it unhealthy, and one that succeeds healthy again', async () => {
    const check = `--health-cmd 'test -e /ready || { echo not ready; exit 1; }'`
    const pace = '--health-interval 200ms --health-retries 2'
    await run(node, `docker run -d --name health ${check} ${pace} busybox sh -c 'touch /ready; sleep 600'`)
    const health = async () => await inspect(node, 'health', '{{.State.Health.Status}}')
    await expect.poll(health, { timeout: 10_000 }).toBe('healthy')

    await run(node, 'docker exec health rm /ready')
    await expect.poll(health, { timeout: 10_000 }).toBe('unhealthy')
    const last = `docker inspect health | jq -r '.[0].State.Health | "\\(.FailingStreak) \\(.Log[-1].Output)"'`
    expect(await run(node, last)).toMatch(/^([2-9]|\d\d+) not ready$/)
    expect(await run(node, `docker ps --filter health=unhealthy --format '{{.Names}}'`)).toBe('health')

    await run(node, 'docker exec health touch /ready')
    await expect.poll(health, { timeout: 10_000 }).toBe('healthy')
  })
})
