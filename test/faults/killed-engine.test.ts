import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { engineHome } from '../../engine/outer'
import type { SessionView, SetupState } from '../../main/api'
import { openEngine } from '../integration/engine-fixture'
import { supervisorOf } from '../integration/supervisor'
import { until } from './host'
import { isRunning, LAB, LabApps, startLab, topologyOf, type } from './lab-apps'

const apps = new LabApps()

test('a node that is killed is seen, and can be started again', async () => {
  await using ready_ = await openEngine()
  const folder = await apps.dataFolder()
  const app = await apps.ready(folder)
  const sessionId = await startLab(app)
  const labels = [`capstan.topology=${await topologyOf(folder, sessionId)}`]
  const [node] = await ready_.engine.docker.containers.list({ labels })
  await ready_.engine.docker.containers.kill(node?.Id ?? '')
  await until(
    app.api,
    'session.watch',
    { sessionId },
    ({ nodes }: SessionView) => nodes[0]?.state === 'stopped',
  )
  const session = await app.api.call('session.switchNode', { sessionId, node: 'node1', action: 'start' })
  expect(session.nodes).toMatchObject([{ name: 'node1', state: 'running' }])
  await type(app, sessionId, 'docker run -d --name web nginx')
  await until(app.api, 'session.watch', { sessionId }, ({ steps }: SessionView) => steps[0]?.state === 'done')
  await app.api.call('session.stop', { sessionId })
})

test('an engine that is killed during a lab is noticed, and the lab goes on when it is back', async (context) => {
  const app = await apps.ready(await apps.dataFolder())
  const { setup } = await app.api.call('app.state', {})
  context.skip(setup.engine?.source !== 'private', 'only our own engine may be killed by a test')
  const sessionId = await startLab(app)
  await type(app, sessionId, 'echo kept > /root/kept.txt')
  await type(app, sessionId, 'docker create --name web nginx')
  const created = ({ steps }: SessionView) => steps[0]?.checks[0]?.state === 'green'
  await until(app.api, 'session.watch', { sessionId }, created)

  process.kill(await privateEnginePid(), 'SIGKILL')
  await until(app.api, 'session.watch', { sessionId }, ({ state }: SessionView) => state === 'broken')
  const failed: SetupState = await until(
    app.api,
    'setup.watch',
    {},
    ({ phase }: SetupState) => phase === 'failed',
  )
  expect(failed.problem?.code).toBe('engine-gone')

  await app.api.call('setup.retry', {})
  await until(app.api, 'setup.watch', {}, ({ phase }: SetupState) => phase === 'ready')
  const back: SessionView = await until(app.api, 'session.watch', { sessionId }, isRunning)
  expect(back).toMatchObject({ state: 'running', problem: null })
  expect(back.notice).toContain('started again')
  const { content } = await app.api.call('file.read', { sessionId, node: 'node1', path: '/root/kept.txt' })
  expect(content).toBe('kept\n')
  await app.api.call('session.stop', { sessionId })
})

test('a swarm outlives the restart of the engine under it: its nodes find each other again', {
  // A swarm of three is founded, its engine is started again with three nodes, and the swarm comes together again.
  timeout: 300_000,
}, async (context) => {
  const app = await apps.ready(await apps.dataFolder())
  const { setup } = await app.api.call('app.state', {})
  context.skip(setup.engine?.source !== 'private', 'only our own engine may be killed by a test')
  const sessionId = await startLab(app, 'services-and-scaling')
  const kept = 'docker service create --name kept --endpoint-mode dnsrr --replicas 2 busybox sleep 1d'
  await type(app, sessionId, `${kept} && touch /root/made`, 'manager1')
  const read = async (path: string) =>
    await app.api.call('file.read', { sessionId, node: 'manager1', path }).then(
      ({ content }) => content,
      () => null,
    )
  await expect.poll(() => read('/root/made'), { timeout: 60_000 }).toBe('')

  process.kill(await privateEnginePid(), 'SIGKILL')
  await until(app.api, 'setup.watch', {}, ({ phase }: SetupState) => phase === 'failed')
  await app.api.call('setup.retry', {})
  await until(app.api, 'setup.watch', {}, ({ phase }: SetupState) => phase === 'ready')
  const back: SessionView = await until(app.api, 'session.watch', { sessionId }, isRunning)
  expect(back).toMatchObject({ state: 'running', problem: null })

  const members = "docker node ls --format '{{.Hostname}} {{.Status}}' | sort | paste -sd,"
  const replicas = "docker service ls --format '{{.Replicas}}'"
  await type(app, sessionId, `while :; do (${replicas}; ${members}) > /root/seen; sleep 1; done`, 'manager1')
  await expect
    .poll(() => read('/root/seen'), { timeout: 90_000 })
    .toBe('2/2\nmanager1 Ready,worker1 Ready,worker2 Ready\n')
  await app.api.call('session.stop', { sessionId })
})

/** The parent of the PID namespace of the private engine. The whole engine ends with it. */
async function privateEnginePid(): Promise<number> {
  const supervisor = await supervisorOf(engineHome())
  const children = await readFile(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8')
  for (const child of children.trim().split(' ')) {
    if ((await readFile(`/proc/${child}/comm`, 'utf8')).trim() === 'unshare') return Number(child)
  }
  throw new Error('the private engine does not run')
}

test('without an engine the set-up says so, with help, and the app goes on', async () => {
  const app = await apps.ready(await apps.dataFolder(), { DOCKER_HOST: 'unix:///nowhere/docker.sock' })
  const { setup } = await app.api.call('app.state', {})
  expect(setup.phase).toBe('failed')
  expect(setup.problem).toMatchObject({ code: 'no-engine', help: 'Start it, or unset DOCKER_HOST.' })
  expect(await app.api.call('lab.list', {})).not.toEqual([])
  await expect(app.api.call('session.start', { labId: LAB })).rejects.toMatchObject({ code: 'no-engine' })
})
