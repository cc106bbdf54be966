import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { inspect, refused, run, until } from './in-node'

describe('logging drivers', () => {
  const bench = sharedBench()
  let node: LabNode

  beforeAll(async () => {
    node = await bench().node('node1')
  })

  /** Runs a container that prints the numbers up to `last` and ends. */
  async function count(name: string, last: number, flags: string): Promise<void> {
    await run(node, `docker run --name ${name} ${flags} busybox seq ${last} > /dev/null`)
  }

  /** The folder in which the engine keeps the files of a container. */
  async function folderOf(name: string): Promise<string> {
    return `/var/lib/docker/containers/${await inspect(node, name, '{{.Id}}')}`
  }

  test('json-file keeps each line with its stream and time', async () => {
    await run(node, `docker run --name both busybox sh -c 'echo out; echo err >&2' 2> /dev/null`)
    const file = await inspect(node, 'both', '{{.LogPath}}')
    const lines = (await run(node, `cat ${file}`)).split('\n').map((line) => JSON.parse(line) as unknown)
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
    expect(lines).toHaveLength(2)
    expect(lines).toEqual(
      expect.arrayContaining([
        { log: 'out\n', stream: 'stdout', time },
        { log: 'err\n', stream: 'stderr', time },
      ]),
    )
    expect(await node.script('docker logs both')).toEqual({ exitCode: 0, stdout: 'out\n', stderr: 'err\n' })
  })

  test('json-file with max-size and max-file throws the oldest lines away', async () => {
    await count('rotated', 2000, '--log-opt max-size=10k --log-opt max-file=3')
    const folder = await folderOf('rotated')
    const sizes = await run(
      node,
      `cd ${folder}; stat -c '%s %n' *-json.log* | sed 's/ .*-json/ /' | sort -k 2`,
    )
    const files = sizes.split('\n').map((line) => line.split(' '))
    expect(files.map(([, name]) => name)).toEqual(['.log', '.log.1', '.log.2'])
    expect(files.every(([size]) => Number(size) < 11_000)).toBe(true)

    const kept = (await run(node, 'docker logs rotated')).split('\n').map(Number)
    const first = kept[0] ?? 0
    expect(first).toBeGreaterThan(1000)
    expect(kept).toEqual(Array.from({ length: 2001 - first }, (_, index) => first + index))
    expect(await run(node, 'docker logs --tail 2 rotated')).toBe('1999\n2000')
  })

  test('local keeps the lines in a form of its own, and docker logs reads them', async () => {
    await count('local', 3, '--log-driver local')
    const files = await run(node, `cd ${await folderOf('local')}; find . -name '*.log*'`)
    expect(files).toBe('./local-logs/container.log')
    expect(await run(node, 'docker logs local')).toBe('1\n2\n3')
  })

  test('none keeps nothing', async () => {
    await count('none', 3, '--log-driver none')
    expect(await refused(node, 'docker logs none')).toContain(
      'configured logging driver does not support reading',
    )
    expect(await run(node, `cd ${await folderOf('none')}; find . -name '*.log*'`)).toBe('')
  })

  test('syslog sends each line to a receiver, with its tag', async () => {
    await run(
      node,
      `setsid timeout 60 nc -klu 127.0.0.1 5514 > /root/syslog 2>&1 < /dev/null &
       until ss -Hlun sport = :5514 | grep -q .; do sleep 0.1; done`,
    )
    const flags = '--log-driver syslog --log-opt syslog-address=udp://127.0.0.1:5514'
    await count('remote', 3, `${flags} --log-opt syslog-format=rfc5424 --log-opt tag='course/{{.Name}}'`)
    await until(node, `grep -aq ' 3$' /root/syslog`)
    const received = (await run(node, 'cat /root/syslog')).split('\n')
    // 30 is the priority of a daemon's information: facility 3 times 8, plus severity 6 (RFC 5424).
    const line = (text: string) =>
      expect.stringMatching(new RegExp(`^<30>1 \\S+ node1 course/remote \\d+ course/remote - ${text}$`))
    expect(received).toEqual([line('1'), line('2'), line('3')])
    // Since 20.10 the engine keeps a copy of the lines that other drivers send away, so that docker logs still works.
    expect(await run(node, 'docker logs remote')).toBe('1\n2\n3')
  })

  test('journald is refused with its reason, as a node has no journal', async () => {
    expect(await refused(node, 'docker run --log-driver journald busybox true')).toContain(
      'journald is not enabled on this host',
    )
  })

  test('an option that a driver does not know is refused', async () => {
    expect(await refused(node, 'docker create --log-driver local --log-opt colour=red busybox')).toContain(
      "unknown log opt 'colour' for log driver local",
    )
  })
})
