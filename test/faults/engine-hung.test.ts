/** Engines that hang while a lab is open: the outer one and the one in a node, stopped with SIGSTOP. */
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, type TestContext, test } from 'vitest'
import { engineHome } from '../../engine/outer'
import type { SessionView, SetupState } from '../../main/api'
import { supervisorOf } from '../integration/supervisor'
import { type ServedApp, serveApp, temporaryFolder, until } from './host'

const cleanUps: (() => Promise<void> | void)[] = []
let folder: string

beforeEach(async () => {
  const { path, remove } = await temporaryFolder()
  cleanUps.push(remove)
  folder = path
})
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function serve(): Promise<ServedApp> {
  const app = await serveApp(folder)
  cleanUps.push(() => app.end())
  await until(app.api, 'setup.watch', {}, ({ phase }: SetupState) => phase !== 'running')
  return app
}

const isOpen = ({ state }: SessionView) => state === 'running' || state === 'broken'
const checksOf = ({ steps }: SessionView) => steps.flatMap(({ checks }) => checks)
const canBeSeen = (session: SessionView) =>
  checksOf(session).some(({ state }) => state !== 'pending' && state !== 'error')

/** Opens a lab, and waits until its checks have been looked at. */
async function openLab(app: ServedApp): Promise<string> {
  const { id } = await app.api.call('session.start', { labId: 'container-life' })
  await until(app.api, 'session.watch', { sessionId: id }, isOpen)
  await until(app.api, 'session.watch', { sessionId: id }, canBeSeen)
  return id
}

/** Waits until a check says that it cannot be looked at. @returns what it says */
async function problemSeen(app: ServedApp, sessionId: string): Promise<string> {
  const failed = (session: SessionView) => checksOf(session).some(({ state }) => state === 'error')
  const session: SessionView = await until(app.api, 'session.watch', { sessionId }, failed)
  return checksOf(session).find(({ state }) => state === 'error')?.explanation ?? ''
}

/** Waits until all checks can be looked at again. */
async function seenAgain(app: ServedApp, sessionId: string): Promise<void> {
  const works = (session: SessionView) =>
    canBeSeen(session) && checksOf(session).every(({ state }) => state !== 'error')
  await until(app.api, 'session.watch', { sessionId }, works)
}

/** Stops the private engine without ending it. @returns a function that lets it go on */
async function hang(app: ServedApp, context: TestContext): Promise<() => void> {
  const { setup } = await app.api.call('app.state', {})
  context.skip(setup.engine?.source !== 'private', 'only our own engine may be stopped by a test')
  const engine = await descendant(await supervisorOf(engineHome()), 'dockerd')
  const goOn = () => void process.kill(engine, 'SIGCONT')
  process.kill(engine, 'SIGSTOP')
  cleanUps.push(goOn)
  return goOn
}

/** The process of that name below another one. */
async function descendant(parent: number, name: string): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')
  for (const child of children.trim().split(' ').filter(Boolean).map(Number)) {
    if ((await readFile(`/proc/${child}/comm`, 'utf8')).trim() === name) return child
    const below = await descendant(child, name).catch(() => null)
    if (below !== null) return below
  }
  throw new Error(`${parent} has no ${name} below it`)
}

test('an engine that hangs is told at the checks, calls end by their limits, and the lab goes on', {
  timeout: 240_000,
}, async (context) => {
  const app = await serve()
  const sessionId = await openLab(app)
  const file = { sessionId, node: 'node1', path: '/root/kept.txt' }
  await app.api.call('file.write', { ...file, content: 'kept\n' })
  const goOn = await hang(app, context)
  expect(await problemSeen(app, sessionId)).toMatch(/took longer than [\d.]+ s for/)
  await expect(app.api.call('file.read', file)).rejects.toMatchObject({
    code: 'engine-timeout',
    message: expect.stringMatching(/took longer than 10 s for running timeout/),
  })
  // What needs no engine works meanwhile.
  expect(await app.api.call('lab.list', {})).not.toEqual([])
  goOn()
  await seenAgain(app, sessionId)
  expect((await app.api.call('file.read', file)).content).toBe('kept\n')
  await app.api.call('session.stop', { sessionId })
})

test('an app whose engine hangs can be quit, and finds its lab again', {
  timeout: 300_000,
}, async (context) => {
  const first = await serve()
  const sessionId = await openLab(first)
  const goOn = await hang(first, context)
  await problemSeen(first, sessionId)
  await first.end()
  goOn()
  const second = await serve()
  const session: SessionView = await until(second.api, 'session.watch', { sessionId }, isOpen)
  expect(session.state).toBe('running')
  await seenAgain(second, sessionId)
  await second.api.call('session.stop', { sessionId })
})

test('an engine in a node that hangs is told at the checks, and does not hold up the node', {
  timeout: 240_000,
}, async () => {
  const app = await serve()
  const sessionId = await openLab(app)
  const { id } = await app.api.call('terminal.open', { sessionId, node: 'node1', cols: 80, rows: 24 })
  const type = async (line: string) =>
    await app.api.call('terminal.write', { terminalId: id, data: `${line}\r` })
  await type('kill -STOP $(cat /var/run/docker.pid); echo stopped > /root/stopped')
  expect(await problemSeen(app, sessionId)).toMatch(/took longer than [\d.]+ s for reading \//)
  // The shell and the files of the node do not need its engine.
  const file = { sessionId, node: 'node1', path: '/root/stopped' }
  expect((await app.api.call('file.read', file)).content).toBe('stopped\n')
  await type('kill -CONT $(cat /var/run/docker.pid)')
  await seenAgain(app, sessionId)
  await type('kill -STOP $(cat /var/run/docker.pid)')
  await problemSeen(app, sessionId)
  // A lab whose engine hangs can be stopped.
  await app.api.call('session.stop', { sessionId })
})
