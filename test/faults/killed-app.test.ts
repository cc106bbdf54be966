import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leftoversOf } from '../../engine/topology'
import type { SessionView, SetupState } from '../../main/api'
import { openEngine } from '../integration/engine-fixture'
import { until } from './host'
import { isRunning, LabApps, startLab, topologyOf, type } from './lab-apps'

const apps = new LabApps()

test('an app that is killed during a lab finds it again, as it was, and leaves nothing when it is stopped', async () => {
  await using ready_ = await openEngine()
  const folder = await apps.dataFolder()
  const first = await apps.ready(folder)
  const sessionId = await startLab(first)
  await type(first, sessionId, 'docker run -d --name web nginx')
  await until(
    first.api,
    'session.watch',
    { sessionId },
    ({ steps }: SessionView) => steps[0]?.state === 'done',
  )
  await first.end('SIGKILL')

  const second = await apps.ready(folder)
  const session: SessionView = await until(second.api, 'session.watch', { sessionId }, isRunning)
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
  const folder = await apps.dataFolder()
  const first = await apps.ready(folder)
  const sessionId = await startLab(first)
  await first.end('SIGKILL')
  const second = await apps.open(folder)
  await until(second.api, 'setup.watch', {}, (state: SetupState) => state.phase === phase)
  await second.end()
  const third = await apps.ready(folder)
  const session: SessionView = await until(third.api, 'session.watch', { sessionId }, isRunning)
  expect(session.state).toBe('running')
  await third.api.call('session.stop', { sessionId })
})

test('nodes whose session has no record are removed at the next start', async () => {
  await using ready_ = await openEngine()
  const folder = await apps.dataFolder()
  const first = await apps.ready(folder)
  const sessionId = await startLab(first)
  const topologyId = await topologyOf(folder, sessionId)
  await first.end('SIGKILL')
  for (const ending of ['.json', '.json.copy']) await rm(join(folder, 'sessions', `${sessionId}${ending}`))

  const second = await apps.ready(folder)
  expect(await second.api.call('session.list', {})).toEqual([])
  expect(await leftoversOf(ready_.engine, topologyId)).toEqual([])
})

test('a session whose record is damaged is found again by the copy of it', async () => {
  const folder = await apps.dataFolder()
  const first = await apps.ready(folder)
  const sessionId = await startLab(first)
  await first.end('SIGKILL')
  await writeFile(join(folder, 'sessions', `${sessionId}.json`), '{ "version": 1, "rec')

  const second = await apps.ready(folder)
  expect((await second.api.call('session.list', {})).map(({ id }) => id)).toEqual([sessionId])
  expect((await readdir(join(folder, 'sessions'))).some((name) => name.includes('corrupt'))).toBe(true)
  await until(second.api, 'session.watch', { sessionId }, isRunning)
  await second.api.call('session.stop', { sessionId })
})

test('a corrupt store is kept aside and told, and the app starts', async () => {
  const folder = await apps.dataFolder()
  const broken = '{"version":1,"settings":{"theme":'
  await writeFile(join(folder, 'settings.json'), broken)
  const app = await apps.ready(folder)
  const notice: { message: string } = await until(app.api, 'notice.watch', {}, () => true)
  expect(notice.message).toContain('settings.json is not complete JSON')
  expect((await app.api.call('settings.get', {})).theme).toBe('system')
  const aside = (await readdir(folder)).find((name) => name.startsWith('settings.json.corrupt'))
  expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(broken)
})
