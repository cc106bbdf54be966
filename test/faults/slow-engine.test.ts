/** An engine that is slow, not hung: every piece of its answers comes late, through a socket of ours before its own. */
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { SessionView, SetupState } from '../../main/api'
import { DEFAULT_SETTINGS } from '../../main/store'
import { openEngine } from '../integration/engine-fixture'
import { delayingSocket } from './delaying-socket'
import { type ServedApp, serveApp, temporaryFolder, until } from './host'

/** Milliseconds for each piece: a lab still starts, in several times its time. */
const SLOW_MS = 150
/** Milliseconds for each piece: most calls reach their limit. */
const VERY_SLOW_MS = 4_000

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const isOpen = ({ state }: SessionView) => state === 'running' || state === 'broken'
const checksOf = ({ steps }: SessionView) => steps.flatMap(({ checks }) => checks)
const areSeen = (session: SessionView) =>
  checksOf(session).some(({ state }) => state !== 'pending' && state !== 'error')

async function ready(folder: string): Promise<ServedApp> {
  const app = await serveApp(folder)
  cleanUps.push(() => app.end('SIGKILL'))
  const { phase, problem }: SetupState = await until(
    app.api,
    'setup.watch',
    {},
    (state: SetupState) => state.phase !== 'running',
  )
  expect({ phase, problem }).toEqual({ phase: 'ready', problem: null })
  return app
}

test('with a slow engine a lab starts, its checks answer or say why not, nothing is lost, and the app ends', {
  timeout: 240_000,
}, async (context) => {
  await using engine = await openEngine()
  const socket = engine.engine.endpoint.replace('unix://', '')
  context.skip(socket === engine.engine.endpoint, 'the engine is not behind a socket of this computer')
  const { path: folder, remove } = await temporaryFolder()
  cleanUps.push(remove)
  const late = join(folder, 'late.sock')
  await using slow = await delayingSocket(late, socket)
  slow.delay.ms = SLOW_MS
  const settings = {
    ...DEFAULT_SETTINGS,
    engine: { ...DEFAULT_SETTINGS.engine, mode: 'custom', endpoint: `unix://${late}` },
  }
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ version: 1, settings }))

  const first = await ready(folder)
  const { id: sessionId } = await first.api.call('session.start', { labId: 'container-life' })
  const opened: SessionView = await until(first.api, 'session.watch', { sessionId }, isOpen)
  expect(opened).toMatchObject({ state: 'running', problem: null })
  await until(first.api, 'session.watch', { sessionId }, areSeen)
  const file = { sessionId, node: 'node1', path: '/root/kept.txt' }
  await first.api.call('file.write', { ...file, content: 'kept\n' })

  slow.delay.ms = VERY_SLOW_MS
  const looked = await first.api.call('session.check', { sessionId })
  const checks = looked.steps.find(({ id }) => id === looked.currentStep)?.checks ?? []
  expect(checks.length).toBeGreaterThan(0)
  for (const { state, explanation } of checks)
    expect(`${state} ${explanation}`).toMatch(/^(red|missing|green) |^error .*took longer than [\d.]+ s/)
  await first.api.call('session.hint', { sessionId, stepId: opened.currentStep ?? '' })
  const ended = once(first.process, 'exit')
  await first.end()
  expect([
    [0, null],
    [null, 'SIGTERM'],
  ]).toContainEqual(await ended)

  slow.delay.ms = 0
  const second = await ready(folder)
  const again: SessionView = await until(second.api, 'session.watch', { sessionId }, isOpen)
  expect(again).toMatchObject({ state: 'running', problem: null })
  expect(again.steps[0]?.hints).toHaveLength(1)
  expect((await second.api.call('file.read', file)).content).toBe('kept\n')
  await second.api.call('session.stop', { sessionId })
  await second.end()
})
