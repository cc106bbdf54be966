import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import { FakeEngine, type OpenApp, openApp } from '../../../test/fakes/app'
import { FakeSessions, FakeTerminal } from '../../../test/fakes/sessions'
import type { Notice } from '../../api'
import { readStore } from '../../store'
import type { AppOptions } from './app'

const opened: OpenApp[] = []
let one: OpenApp

async function open(options: Partial<AppOptions> = {}): Promise<OpenApp> {
  const app = await openApp(options)
  opened.push(app)
  return app
}
beforeEach(async () => {
  one = await open()
})
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close()
})

/** Starts the app and waits until its set-up is over. */
async function started({ app }: OpenApp): Promise<void> {
  await app.start()
  await expect.poll(() => app.setup.state.value.phase).not.toBe('running')
}

const SIZE = { cols: 80, rows: 24 }

test('start: the catalogue is there at once, the sessions when the engine is ready', async () => {
  const { app, engine } = one
  expect(app.labs.list()).toEqual([])
  await app.start()
  expect(app.labs.summaries.value.length).toBeGreaterThan(10)
  await expect.poll(() => app.setup.state.value.phase).toBe('ready')
  expect(engine.done).toEqual(['prepare', 'open sessions'])
  expect(engine.sessions.done).toEqual(['resume'])
  expect(app.sessions()).toBe(engine.sessions)
})

test('nodes that nobody has asked for are made ready a while after the start', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await started(one)
    expect(one.engine.sessions.expected).toEqual([])
    vi.advanceTimersByTime(10_000)
    expect(one.engine.sessions.expected).toHaveLength(1)
  } finally {
    vi.useRealTimers()
  }
})

test('while the engine is not ready sessions are refused, and everything else works', async () => {
  const failing = await open({ findEngine: () => Promise.reject(new CapstanError('no-engine', 'None.')) })
  await started(failing)
  const { app } = failing
  expect(() => app.sessions()).toThrow(expect.objectContaining({ code: 'no-engine' }))
  expect(app.labs.list()[0]?.missing).toEqual([])
  expect((await app.exams()).blueprint().length).toBe(55)
  expect((await (await app.handsOn()).list()).exams.length).toBeGreaterThan(0)
  expect((await (await app.progress()).overview()).history).toEqual([])
})

test('what the engine lacks is in the catalogue and in the hands-on exams', async () => {
  one.engine.lacks = ['ipvs']
  await started(one)
  expect(one.app.labs.list()[0]?.missing).toEqual(['ipvs'])
  expect((await (await one.app.handsOn()).list()).exams[0]?.missing).toEqual(['ipvs'])
})

test('a removed session takes its previews and its terminals on the host with it', async () => {
  const host = new FakeTerminal('host', null)
  const withHost = await open({ openHostTerminal: async () => host })
  const { app, engine, store } = withHost
  await store.updateSettings((settings) => ({ ...settings, hostTerminal: true }))
  await started(withHost)
  const lab = app.labs.labs()[0] ?? expect.fail()
  const session = await app.sessions().start(lab.id)
  const sessionShown = () => app.labs.summaries.value.find(({ id }) => id === lab.id)?.sessionId
  app.labs.changed()
  await expect.poll(sessionShown).toBe(session.id)
  const { url } = await app.previews.open(session.id, 'node1', 80)
  const door = `http://127.0.0.1:${new URL(url).port}/`
  expect((await fetch(door)).status).toBe(421)
  await app.terminals.open(session.id, null, SIZE)
  expect(host.isClosed).toBe(false)
  await engine.sessions.stop(session.id)
  await expect.poll(sessionShown).toBeNull()
  await expect.poll(() => host.isClosed).toBe(true)
  await expect(fetch(door)).rejects.toThrow()
})

test('progress in a session is kept and shown', async () => {
  await started(one)
  const { app, engine, store } = one
  const lab = app.labs.labs()[0] ?? expect.fail()
  const session = engine.sessions.add(lab.id)
  session.change({ steps: [{ id: 'a', state: 'done', doneAt: null, checks: [], hints: [], solution: null }] })
  await expect.poll(() => store.progress()[lab.id]?.stepsDone).toBe(1)
  const summary = () => app.labs.summaries.value.find(({ id }) => id === lab.id)
  await expect.poll(() => summary()).toMatchObject({ sessionId: session.id, stepsDone: 1 })
})

test('progress of the last moment is on the disk when the app has ended', async () => {
  await started(one)
  const { app, engine, folder } = one
  const id = app.labs.labs()[0]?.id ?? expect.fail()
  const step = { id: 'a', state: 'done', doneAt: null, checks: [], hints: [], solution: null } as const
  engine.sessions.add(id).change({ steps: [step] })
  await app.dispose()
  expect((await readStore(folder, expect.fail)).progress[id]?.stepsDone).toBe(1)
})

test('progress that cannot be saved is a notice and a line in the log', async () => {
  await started(one)
  const { app, engine, notices, folder, store } = one
  const seen: Notice[] = []
  notices.watch((notice) => seen.push(notice))
  store.updateProgress = () => Promise.reject(new CapstanError('no-space', 'The disk is full.'))
  engine.sessions.add(app.labs.labs()[0]?.id ?? '').change({ completed: true })
  await expect.poll(() => seen).toMatchObject([{ level: 'error', message: 'The disk is full.' }])
  expect(await readFile(join(folder, 'capstan.log'), 'utf8')).toContain('progress not saved')
})

test('a change of the engine in the settings sets up again, another change does not', async () => {
  await started(one)
  const { app, engine, store } = one
  await app.saveSettings({ theme: 'dark', layouts: undefined })
  expect(store.settings()).toMatchObject({ theme: 'dark', layouts: {} })
  await app.saveSettings({ engine: store.settings().engine })
  expect(engine.done).toEqual(['prepare', 'open sessions'])
  const [before, after] = [engine.sessions, new FakeSessions()]
  engine.sessions = after
  await app.saveSettings({ engine: { mode: 'private', endpoint: '', tlsDirectory: '' } })
  await expect.poll(() => engine.done.length).toBe(5)
  expect(engine.done.slice(2)).toEqual(['release', 'prepare', 'open sessions'])
  expect(before.done).toEqual(['resume', 'dispose and keep'])
  await expect.poll(() => app.sessions()).toBe(after)
})

test('settings that are none are refused, and nothing is saved', async () => {
  const before = one.store.settings()
  await expect(one.app.saveSettings({ passMark: 0 })).rejects.toThrow()
  expect(one.store.settings()).toEqual(before)
})

test.each([
  [true, ['previews', 'terminals', 'dispose and keep', 'release and keep']],
  [false, ['previews', 'terminals', 'dispose', 'release']],
])('dispose lets go in order, keep %s', async (keep, order) => {
  const engine = new FakeEngine()
  const app = await open({ findEngine: async () => engine })
  await started(app)
  const done: string[] = []
  const note = (name: string, part: { dispose(): Promise<void> }) => {
    const dispose = part.dispose.bind(part)
    part.dispose = async () => {
      done.push(name)
      await dispose()
    }
  }
  note('previews', app.app.previews)
  note('terminals', app.app.terminals)
  engine.sessions.dispose = async ({ keepNodes }) =>
    void done.push(keepNodes ? 'dispose and keep' : 'dispose')
  engine.release = async ({ keep: isKept = false } = {}) =>
    void done.push(isKept ? 'release and keep' : 'release')
  await app.app.dispose({ keep })
  expect(done).toEqual(order)
})

test('an app that is closed during the set-up takes no sessions up any more', async () => {
  const engine = new FakeEngine()
  let prepared = () => {}
  engine.preparing = new Promise((resolve) => {
    prepared = resolve
  })
  const { app } = await open({ findEngine: async () => engine })
  await app.start()
  await expect.poll(() => engine.done).toEqual(['prepare'])
  const disposed = app.dispose()
  prepared()
  await disposed
  expect(engine.done).toEqual(['prepare', 'release'])
  expect(() => app.sessions()).toThrow(expect.objectContaining({ code: 'no-engine' }))
})

test('hands-on exams that cannot be read do not stop the set-up, and are tried again', async () => {
  const { app, folder } = one
  const resources = join(folder, 'resources')
  await mkdir(join(resources, 'labs'), { recursive: true })
  const engine = new FakeEngine()
  const broken = await open({ resources, findEngine: async () => engine })
  await started(broken)
  expect(broken.app.setup.state.value.phase).toBe('ready')
  const log = join(broken.folder, 'capstan.log')
  await expect.poll(() => readFile(log, 'utf8').catch(() => '')).toContain('hands-on exams not resumed')
  await expect(broken.app.handsOn()).rejects.toThrow()
  await mkdir(join(resources, 'questions'))
  const blueprint = await readFile(join(app.options.resources, 'questions', 'blueprint.yaml'))
  await writeFile(join(resources, 'questions', 'blueprint.yaml'), blueprint)
  expect((await (await broken.app.handsOn()).list()).exams).toEqual([])
})
