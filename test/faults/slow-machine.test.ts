/** A machine so slow that usual limits are too short, and an engine that hangs there: limits are stretched, not gone. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, type TestContext, test } from 'vitest'
import { type CheckResult, evaluateCheck } from '../../engine'
import { toCheck } from '../../engine/checks'
import { DockerClient } from '../../engine/docker'
import { LabNode } from '../../engine/node'
import { measurePace } from '../../engine/outer'
import { setTimeFactor, timeFactor } from '../../shared/time-limits'
import { type Bench, openBench } from '../integration/engine-fixture'
import { delayingSocket } from './delaying-socket'
import { temporaryFolder } from './host'

/** Milliseconds for each piece of an answer. A look takes three pieces and more, and its usual limit is 5 s. */
const SLOW_MS = 2_000
/** Milliseconds: nothing comes back within any limit of this test. */
const HUNG_MS = 3_600_000

const cleanUps: (() => Promise<void>)[] = []
let bench: Bench
beforeEach(async () => {
  bench = await openBench()
  cleanUps.push(() => bench.remove())
})
afterEach(async () => {
  setTimeFactor('settings', null)
  setTimeFactor('measured', null)
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** A node behind a slow way to its engine. */
async function farNode(context: TestContext) {
  const socket = bench.engine.endpoint.replace('unix://', '')
  context.skip(socket === bench.engine.endpoint, 'the engine is not behind a socket of this computer')
  const { path: home, remove } = await temporaryFolder()
  const late = join(home, 'late.sock')
  const way = await delayingSocket(late, socket)
  way.delay.ms = 0
  const docker = DockerClient.to({ kind: 'socket', path: late })
  cleanUps.push(
    remove,
    () => way[Symbol.asyncDispose](),
    async () => docker.close(),
  )
  const { containerId, topologyId } = await bench.node('node1')
  const node = new LabNode({ outer: docker, containerId, name: 'node1', topologyId })
  return { node, docker, home, way, endpoint: `unix://${late}` }
}

async function look(node: LabNode): Promise<CheckResult> {
  const given = { name: 'the engine runs', within: 5_000, guard: false, secret: false, points: 1 }
  const check = toCheck({ ...given, exec: 'docker version >/dev/null' }, 'node1')
  return await evaluateCheck(check, () => node, new AbortController().signal)
}

test('limits that are too short for a machine fit it when it has been measured', {
  timeout: 240_000,
}, async (context) => {
  const { node, docker, home, way, endpoint } = await farNode(context)
  setTimeFactor('measured', null)
  way.delay.ms = SLOW_MS
  expect(await look(node)).toMatchObject({
    state: 'error',
    explanation: expect.stringContaining('took longer than 5 s'),
  })
  await measurePace({ docker, endpoint, image: bench.images.node, home })
  expect(timeFactor().source).toBe('measured')
  expect(timeFactor().factor).toBeGreaterThanOrEqual(10)
  expect(await look(node)).toMatchObject({ state: 'green' })
  await node.writeFile('/root/late.txt', 'late\n')
  expect((await node.readFile('/root/late.txt')).toString()).toBe('late\n')
  // The inner engine is reached by an exec of the outer one.
  expect(await node.docker.version()).toMatchObject({ Os: 'linux' })
})

test('an engine that hangs is noticed at the stretched limit, and the error tells it', {
  timeout: 120_000,
}, async (context) => {
  const { node, docker, way } = await farNode(context)
  setTimeFactor('settings', 2)
  expect(await look(node)).toMatchObject({ state: 'green' })
  way.delay.ms = HUNG_MS
  expect(await look(node)).toMatchObject({
    state: 'error',
    explanation: expect.stringContaining('took longer than 10 s'),
  })
  await expect(docker.ping(500)).rejects.toMatchObject({
    code: 'engine-timeout',
    message: expect.stringContaining('took longer than 1 s'),
  })
})
