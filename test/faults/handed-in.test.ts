import { afterEach, beforeEach, expect, test } from 'vitest'
import { endProcesses, type LabNode } from '../../engine/node'
import { type Bench, openBench } from '../integration/engine-fixture'

let bench: Bench
let node: LabNode
beforeEach(async () => {
  bench = await openBench()
  node = await bench.node('node1')
})
afterEach(async () => await bench.remove())

const sh = async (text: string) => await node.script(text, { limitMs: 60_000 })
const out = async (text: string) => (await sh(text)).stdout.trim()

/** Each begins work that would go on after its shell: it writes its name into a file again and again. */
const JOBS = [
  ['a background job', '(while :; do echo 1 >> /root/plain; sleep 0.05; done) >/dev/null 2>&1 &'],
  ['nohup', `nohup sh -c 'while :; do echo 1 >> /root/nohup; sleep 0.05; done' >/dev/null 2>&1 &`],
  ['setsid', `setsid -f sh -c 'while :; do echo 1 >> /root/setsid; sleep 0.05; done' >/dev/null 2>&1`],
  [
    'a double fork with the name of the engine',
    `(setsid bash -c 'exec -a dockerd bash -c "while :; do echo 1 >> /root/named; sleep 0.05; done"' >/dev/null 2>&1 &)`,
  ],
  [
    'one that stands still',
    `setsid -f sh -c 'trap "" HUP TERM; kill -STOP $$; echo 1 > /root/stopped' >/dev/null 2>&1`,
  ],
  ['one that forks', `setsid -f bash -c 'f() { echo 1 >> /root/forks; sleep 0.02; f & }; f' >/dev/null 2>&1`],
] as const

test('everything that a student has started ends, and the engine and the containers stay', async () => {
  await sh(
    'docker run -d --name one --network host busybox sleep 1000; docker run -d --pid host --name two busybox sleep 1000',
  )
  const before = await out('docker ps --format "{{.Names}} {{.State}}"; pidof dockerd')
  for (const [, job] of JOBS) await sh(job)
  await expect.poll(() => out('ls /root')).toContain('forks')
  expect(await endProcesses(node)).toBe(true)
  const sizes = await out('wc -c /root/*')
  // The inner engine answers over the connections that were open before.
  await node.docker.ping()
  expect(await out('docker ps --format "{{.Names}} {{.State}}"; pidof dockerd')).toBe(before)
  expect(before).toMatch(/two running\none running\n\d+$/)
  expect(await out('sleep 1; wc -c /root/*')).toBe(sizes)
  expect(await out('kill -CONT -1 2>/dev/null; ls /root')).not.toContain('stopped')
})
