import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { engineHome } from '../../engine/outer'
import { leftoversOf } from '../../engine/topology'
import type { SessionView, SetupState } from '../../main/api'
import { openEngine } from '../integration/engine-fixture'
import { supervisorOf } from '../integration/supervisor'
import { type ServedApp, serveApp, temporaryFolder, until } from './host'

const LAB = 'container-life'
const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function dataFolder(): Promise<string> {
  const folder = await temporaryFolder()
  cleanUps.push(folder.remove)
  return folder.path
}

async function ready(folder: string, env: NodeJS.ProcessEnv = {}): Promise<ServedApp> {
  const app = await serveApp(folder, env)
  cleanUps.push(() => app.end())
  await until(app.api, 'setup.watch', {}, ({ phase }: SetupState) => phase !== 'running')
  return app
}

const running = (session: SessionView) => session.state === 'running' || session.state === 'broken'

async function startLab(app: ServedApp, labId = LAB): Promise<string> {
  const { id } = await app.api.call('session.start', { labId })
  const session: SessionView = await until(app.api, 'session.watch', { sessionId: id }, running)
  expect(session.problem).toBeNull()
  return id
}

/** Finds the nodes of a session by its record on disk. */
async function topologyOf(folder: string, sessionId: string): Promise<string> {
  const { record } = JSON.parse(await readFile(join(folder, 'sessions', `${sessionId}.json`), 'utf8'))
  return record.topologyId
}

async function type(app: ServedApp, sessionId: string, line: string, node = 'node1'): Promise<void> {
  const { id } = await app.api.call('terminal.open', { sessionId, node, cols: 80, rows: 24 })
  await app.api.call('terminal.write', { terminalId: id, data: `${line}\r` })
}

test('an app that is killed during a lab finds it again, as it was, and leaves nothing when it is stopped', async () => {
  await using ready_ = await openEngine()
  const folder = await dataFolder()
  const first = await ready(folder)
  const sessionId = await startLab(first)
  await type(first, sessionId, 'docker run -d --name web nginx')
  await until(
    first.api,
    'session.watch',
    { sessionId },
    ({ steps }: SessionView) => steps[0]?.state === 'done',
  )
  await first.end('SIGKILL')

  const second = await ready(folder)
  const session: SessionView = await until(second.api, 'session.watch', { sessionId }, running)
  expect(session.state).toBe('running')
  expect(session.steps[0]?.state).toBe('done')
  const green = ({ steps }: SessionView) => steps[0]?.checks.every(({ state }) => state === 'green') ?? false
  await until(second.api, 'session.watch', { sessionId }, green)

  const topologyId = await topologyOf(folder, sessionId)
  await second.api.call('session.stop', { sessionId })
  expect(await leftoversOf(ready_.engine, topologyId)).toEqual([])
  expect(await readdir(join(folder, 'sessions'))).toEqual([])
})

test.each(['running', 'ready'])('an app that is told to stop when its set-up is %s ends', async (phase) => {
  const folder = await dataFolder()
  const first = await ready(folder)
  const sessionId = await startLab(first)
  await first.end('SIGKILL')
  const second = await serveApp(folder)
  await until(second.api, 'setup.watch', {}, (state: SetupState) => state.phase === phase)
  await second.end()
  const third = await ready(folder)
  const session: SessionView = await until(third.api, 'session.watch', { sessionId }, running)
  expect(session.state).toBe('running')
  await third.api.call('session.stop', { sessionId })
})

test('nodes whose session has no record are removed at the next start', async () => {
  await using ready_ = await openEngine()
  const folder = await dataFolder()
  const first = await ready(folder)
  const sessionId = await startLab(first)
  const topologyId = await topologyOf(folder, sessionId)
  await first.end('SIGKILL')
  for (const ending of ['.json', '.json.copy']) await rm(join(folder, 'sessions', `${sessionId}${ending}`))

  const second = await ready(folder)
  expect(await second.api.call('session.list', {})).toEqual([])
  expect(await leftoversOf(ready_.engine, topologyId)).toEqual([])
})

test('a session whose record is damaged is found again by the copy of it', async () => {
  const folder = await dataFolder()
  const first = await ready(folder)
  const sessionId = await startLab(first)
  await first.end('SIGKILL')
  await writeFile(join(folder, 'sessions', `${sessionId}.json`), '{ "version": 1, "rec')

  const second = await ready(folder)
  expect((await second.api.call('session.list', {})).map(({ id }) => id)).toEqual([sessionId])
  expect((await readdir(join(folder, 'sessions'))).some((name) => name.includes('corrupt'))).toBe(true)
  await until(second.api, 'session.watch', { sessionId }, running)
  await second.api.call('session.stop', { sessionId })
})

test('a corrupt store is kept aside and told, and the app starts', async () => {
  const folder = await dataFolder()
  const broken = '{"version":1,"settings":{"theme":'
  await writeFile(join(folder, 'settings.json'), broken)
  const app = await ready(folder)
  const notice: { message: string } = await until(app.api, 'notice.watch', {}, () => true)
  expect(notice.message).toContain('settings.json is not complete JSON')
  expect((await app.api.call('settings.get', {})).theme).toBe('system')
  const aside = (await readdir(folder)).find((name) => name.startsWith('settings.json.corrupt'))
  expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(broken)
})

test('a node that is killed is seen, and can be started again', async () => {
  await using ready_ = await openEngine()
  const folder = await dataFolder()
  const app = await ready(folder)
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
  const app = await ready(await dataFolder())
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
  const back: SessionView = await until(app.api, 'session.watch', { sessionId }, running)
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
  const app = await ready(await dataFolder())
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
  const back: SessionView = await until(app.api, 'session.watch', { sessionId }, running)
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
  const app = await ready(await dataFolder(), { DOCKER_HOST: 'unix:///nowhere/docker.sock' })
  const { setup } = await app.api.call('app.state', {})
  expect(setup.phase).toBe('failed')
  expect(setup.problem).toMatchObject({ code: 'no-engine', help: 'Start it, or unset DOCKER_HOST.' })
  expect(await app.api.call('lab.list', {})).not.toEqual([])
  await expect(app.api.call('session.start', { labId: LAB })).rejects.toMatchObject({ code: 'no-engine' })
})

test('an unknown lab and a second start of the same lab are told what to do', async () => {
  const app = await ready(await dataFolder())
  await expect(app.api.call('session.start', { labId: 'no-such-lab' })).rejects.toMatchObject({
    code: 'not-found',
  })
  const sessionId = await startLab(app)
  await expect(app.api.call('session.start', { labId: LAB })).rejects.toMatchObject({
    code: 'session-exists',
    help: 'Go on with it, or stop it first.',
  })
  await app.api.call('session.stop', { sessionId })
})

test('two labs at once do not see each other, and each is removed alone', async () => {
  const app = await ready(await dataFolder())
  const first = await startLab(app)
  const second = await startLab(app, 'published-ports')
  await type(app, first, 'docker create --name web nginx')
  const created = ({ steps }: SessionView) => steps[0]?.checks[0]?.state === 'green'
  await until(app.api, 'session.watch', { sessionId: first }, created)
  await type(app, second, 'docker ps -aq | wc -l > /root/count')
  const count = () => app.api.call('file.read', { sessionId: second, node: 'node1', path: '/root/count' })
  await expect.poll(async () => (await count().catch(() => ({ content: '' }))).content).toBe('0\n')
  await app.api.call('session.stop', { sessionId: first })
  expect((await app.api.call('session.list', {})).map(({ id }) => id)).toEqual([second])
  await app.api.call('session.stop', { sessionId: second })
})

test('a second app on the same data is refused and the first goes on', async () => {
  const folder = await dataFolder()
  const app = await ready(folder)
  await expect(serveApp(folder)).rejects.toThrow('is open already')
  expect((await app.api.call('app.state', {})).setup.phase).toBe('ready')
})
