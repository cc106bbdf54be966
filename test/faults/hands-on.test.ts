import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { loadCatalogue } from '../../engine/labs'
import { leftoversOf } from '../../engine/topology'
import type { HandsOnView, SessionView, SetupState } from '../../main/api'
import { openEngine } from '../integration/engine-fixture'
import { type ServedApp, serveApp, temporaryFolder, until } from './host'
import { topologyOf } from './lab-apps'

const LABS = fileURLToPath(new URL('../../labs', import.meta.url))
/** A task with one node: a container with limits. */
const LEASH = 2
/** This does everything that the task asks for except the user and the limits: 5 of its 9 points, and its guard. */
const PART =
  'docker rm -f api; docker run -d --name api -p 8080:8000 --cap-drop ALL --security-opt no-new-privileges --read-only --tmpfs /tmp python:3-slim python3 -m http.server 8000 -d /usr'
/** This does everything that the task asks for. */
const WHOLE =
  'docker run -d --name api -p 8080:8000 --user 1500 --cap-drop ALL --security-opt no-new-privileges --read-only --tmpfs /tmp --memory 64m --pids-limit 20 python:3-slim python3 -m http.server 8000 -d /usr'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function ready(folder: string): Promise<ServedApp> {
  const app = await serveApp(folder)
  cleanUps.push(() => app.end())
  await until(app.api, 'setup.watch', {}, ({ phase }: SetupState) => phase !== 'running')
  return app
}

/** Begins the task and waits for its nodes. Everything that the page receives meanwhile is kept in `wire`. */
async function begin(app: ServedApp, attemptId: string, task: number, wire: string[]): Promise<string> {
  const view = await app.api.call('handsOn.open', { attemptId, task })
  const sessionId = view.tasks[task]?.sessionId ?? expect.fail()
  const session: SessionView = await until(app.api, 'session.watch', { sessionId }, (one: SessionView) => {
    wire.push(JSON.stringify(one))
    return one.state === 'running' || one.state === 'broken'
  })
  expect(session.problem).toBeNull()
  wire.push(JSON.stringify(view))
  return sessionId
}

/** Types a line into a terminal of the node and waits until the command has ended. */
async function type(app: ServedApp, sessionId: string, line: string): Promise<void> {
  const { id } = await app.api.call('terminal.open', { sessionId, node: 'node1', cols: 200, rows: 24 })
  await app.api.call('terminal.write', { terminalId: id, data: `${line}; echo over > /root/over\r` })
  const over = () =>
    app.api.call('file.read', { sessionId, node: 'node1', path: '/root/over' }).then(
      ({ content }) => content.trim(),
      () => '',
    )
  await expect.poll(over, { timeout: 30_000 }).toBe('over')
}

test('an app that is killed during a hands-on exam finds the task, its nodes and its clock again, and gives part marks', async () => {
  await using engine = await openEngine()
  const { path: folder, remove } = await temporaryFolder()
  cleanUps.push(remove)
  const wire: string[] = []
  const first = await ready(folder)
  const { attemptId } = await first.api.call('handsOn.start', { examId: 'night-shift' })
  const before = await begin(first, attemptId, LEASH, wire)
  await type(first, before, PART)
  const left = (await viewOf(first, attemptId)).timeLeft
  const topologyId = await topologyOf(folder, before)
  await first.end('SIGKILL')

  const second = await ready(folder)
  const resumed = await viewOf(second, attemptId)
  wire.push(JSON.stringify(resumed))
  expect(resumed.current).toBe(LEASH)
  expect(resumed.timeLeft).toBeLessThan(left)
  expect(resumed.tasks.map(({ state }) => state)).toEqual(['new', 'new', 'open', 'new'])
  const sessionId = await begin(second, attemptId, LEASH, wire)
  expect(sessionId).toBe(before)
  await nothingHelps(second, sessionId, wire)

  await second.api.call('handsOn.end', { attemptId })
  await until(second.api, 'handsOn.watch', { attemptId }, ({ state }: HandsOnView) => state === 'ended')
  const result = await second.api.call('handsOn.result', { attemptId })
  const leash = result.tasks[LEASH] ?? expect.fail()
  expect(leash).toMatchObject({ points: 5, of: 9, opened: true, passed: false })
  expect(leash.checks.filter(({ green }) => !green).map(({ name }) => name)).toEqual([
    'api runs as user 1500',
    'It has at most 64 MB of memory and 20 processes',
  ])
  expect(result.percent).toBeCloseTo(((5 / 9) * 100 * 3) / 12)
  expect(leash.solution).toContainEqual(
    expect.objectContaining({ text: expect.stringContaining('--user 1500') }),
  )

  await nothingWasTold(wire)
  await expect.poll(() => readdir(join(folder, 'sessions')), { timeout: 30_000 }).toEqual([])
  expect(await leftoversOf(engine.engine, topologyId)).toEqual([])
})

async function viewOf(app: ServedApp, attemptId: string): Promise<HandsOnView> {
  return await until(app.api, 'handsOn.watch', { attemptId }, () => true)
}

/** A task refuses the help that a lab offers. */
async function nothingHelps(app: ServedApp, sessionId: string, wire: string[]): Promise<void> {
  const refused = { code: 'session-state' }
  const step = { sessionId, stepId: 'work' }
  await expect(app.api.call('session.check', { sessionId })).rejects.toMatchObject(refused)
  await expect(app.api.call('session.hint', step)).rejects.toMatchObject(refused)
  await expect(app.api.call('session.solution', step)).rejects.toMatchObject(refused)
  await expect(app.api.call('session.openStep', step)).rejects.toMatchObject(refused)
  const labId = 'a-container-on-a-short-leash'
  await expect(app.api.call('session.start', { labId })).rejects.toMatchObject({ code: 'not-found' })
  await expect(app.api.call('lab.open', { labId })).rejects.toMatchObject({ code: 'not-found' })
  const all = [await app.api.call('lab.list', {}), await app.api.call('session.list', {})]
  wire.push(JSON.stringify(all))
  expect(JSON.stringify(all[0])).not.toContain(labId)
}

async function nothingWasTold(wire: readonly string[]): Promise<void> {
  const told = wire.join('\n')
  const task = (await loadCatalogue(LABS)).find(({ id }) => id === 'a-container-on-a-short-leash')
  const checks = task?.lab?.steps[0]?.checks ?? []
  expect(checks.length).toBeGreaterThan(4)
  for (const { name } of checks) expect(told).not.toContain(name)
  expect(told).toContain('"steps":[]')
  expect(told).not.toMatch(/"(explanation|found|expected|solution)":/)
}

test('what is done after a task was handed in does not count, by a terminal, a file, a switch or a background job', async () => {
  await using _engine = await openEngine()
  const { path: folder, remove } = await temporaryFolder()
  cleanUps.push(remove)
  const app = await ready(folder)
  const { attemptId } = await app.api.call('handsOn.start', { examId: 'night-shift' })
  const sessionId = await begin(app, attemptId, LEASH, [])
  const job = `nohup sh -c 'touch /root/begun; sleep 3; docker rm -f api; ${WHOLE}' >/dev/null 2>&1 &`
  const { id: terminalId } = await app.api.call('terminal.open', {
    sessionId,
    node: 'node1',
    cols: 200,
    rows: 24,
  })
  await type(app, sessionId, PART)
  await app.api.call('terminal.write', { terminalId, data: `${job}\r` })
  const [file, node] = [
    { path: '/root/late', content: 'late' },
    { sessionId, node: 'node1' },
  ]
  await app.api.call('file.write', { ...node, ...file })
  const names = async () =>
    (await app.api.call('file.list', { ...node, path: '/root' })).map(({ name }) => name)
  await expect.poll(names, { timeout: 30_000 }).toContain('begun')
  await app.api.call('handsOn.handIn', { attemptId, task: LEASH })

  const refused = { code: 'session-state' }
  await expect(app.api.call('terminal.write', { terminalId, data: `${WHOLE}\r` })).rejects.toMatchObject({
    code: 'not-found',
    message: 'This terminal is closed.',
  })
  const late = [
    () => app.api.call('terminal.open', { ...node, cols: 80, rows: 24 }),
    () => app.api.call('file.write', { ...node, ...file }),
    () => app.api.call('file.read', { ...node, path: '/root/late' }),
    () => app.api.call('session.switchNode', { ...node, action: 'restart' }),
    () => app.api.call('session.reset', { sessionId }),
  ]
  for (const call of late) await expect(call()).rejects.toMatchObject(refused)
  await app.api.call('handsOn.end', { attemptId })
  await until(app.api, 'handsOn.watch', { attemptId }, ({ state }: HandsOnView) => state === 'ended')
  const leash = (await app.api.call('handsOn.result', { attemptId })).tasks[LEASH] ?? expect.fail()
  expect(leash).toMatchObject({ points: 5, of: 9 })
  expect(leash.judgedAt).not.toBeNull()
})
