import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type { MapSnapshot, SessionSnapshot } from '../../../engine'
import { FakeEngine, type OpenApp, openApp } from '../../../test/fakes/app'
import { portsInMemory } from '../../../test/fakes/memory-ports'
import { type FakeSession, FakeTerminal } from '../../../test/fakes/sessions'
import {
  type Client,
  type Contract,
  connect,
  contract,
  type DeepReadonly,
  type MapView,
  type SessionView,
  serve,
  type TerminalFrame,
} from '../../api'
import { createHandlers } from '.'

type Call = keyof Contract['calls']

let one: OpenApp
let api: Client<Contract>
/** What the person answers in the window of the system. */
let answer = false
/** Errors whose words did not leave the host. */
const internal: unknown[] = []
let session: FakeSession
let labId: string
let taskId: string
/** A practice, two drills that are over, and a hands-on exam. */
const ids = { practice: '', command: '', over: '', past: '', handsOn: '' }
/** The export of everything. */
let everything = ''
/** A file of another program on its way in, and an export on its way out. */
const exchanged = { importId: '', exportId: '' }
const GIFT = 'Which port? {=80 ~81 ~82}\n'

beforeAll(async () => {
  one = await openApp({
    openHostTerminal: async () => new FakeTerminal('host', null),
    confirmHostTerminal: async () => answer,
  })
  const { app, engine } = one
  await app.start()
  await app.setup.run()
  labId = app.labs.labs()[0]?.id ?? ''
  taskId = app.labs.tasks()[0]?.id ?? ''
  session = engine.sessions.add(labId)
  session.node('node1').files.set('/etc/hosts', Buffer.from('127.0.0.1 localhost'))
  session.node('node1').files.set('/bin/sh', Buffer.from([0]))
  const { host, page } = portsInMemory()
  serve(contract, createHandlers(app), host, { onInternalError: (error) => internal.push(error) })
  api = connect<typeof contract>(page)
  const exams = await app.exams()
  ids.practice = await exams.start({ mode: 'practice', length: 12, extraTime: 1 })
  ids.command = await exams.startDrill({ items: ['sto-cmd-prune-all'] })
  ids.over = await exams.start({ mode: 'drill', length: 6, extraTime: 1 })
  ids.past = await exams.start({ mode: 'drill', length: 6, extraTime: 1 })
  for (const id of [ids.over, ids.past]) await exams.apply(id, { kind: 'ended', by: 'candidate' })
})
afterAll(async () => {
  expect(internal).toEqual([])
  await one.close()
})

const inSession = () => ({ sessionId: session.id })
const ofNode = (path: string) => ({ ...inSession(), node: 'node1', path })
const shows = (done: string) => () => {
  expect(session.done.at(-1)).toBe(done)
}
const ofPractice = () => ({ attemptId: ids.practice, item: 0 })
const ofImport = () => ({ importId: exchanged.importId })
const ofHandsOn = () => ({ attemptId: ids.handsOn })

const IN_PLAYGROUND = { sessionId: 's-playground' }
const didInPlayground = (done: string) => () => {
  expect(one.engine.sessions.get('s-playground').done.at(-1)).toBe(done)
}

interface Row {
  readonly input?: () => object | Promise<object>
  /** Looks at the answer, and at what the call has done. */
  readonly check: (out: never) => void | Promise<void>
}

const like = (expected: object) => (out: object) => expect(out).toMatchObject(expected)

/** Every call in an order in which they make sense, with what its answer shows of the service behind it. */
const ROWS: { readonly [Name in Call]: Row } = {
  'app.state': { check: like({ version: '1.2.3', desktop: true, setup: { phase: 'ready' } }) },
  'app.doctor': { check: like({ ok: true, capabilities: { memory: 8_000 } }) },
  'setup.retry': {
    check: async () => {
      await expect.poll(() => one.engine.done.filter((done) => done === 'prepare').length).toBe(2)
      await expect.poll(() => one.app.setup.state.value.phase).toBe('ready')
    },
  },
  'lab.list': { check: (out: { id: string }[]) => expect(out.map(({ id }) => id)).toContain(labId) },
  'lab.open': { input: () => ({ labId }), check: like({ sessionId: expect.stringMatching(/^s-/) }) },
  // The lab ships with Capstan, so nothing is asked before and after.
  'lab.allow': {
    input: () => ({ labId, hash: 'b'.repeat(64) }),
    check: () => expect(one.app.labs.detail(labId).consent).toBeNull(),
  },
  'session.list': { check: like([{ labId: 'multi-stage-build', nodes: [{ name: 'node1', ports: [80] }] }]) },
  'session.start': {
    input: () => ({ labId: one.app.labs.labs()[1]?.id }),
    check: () => expect(one.engine.sessions.open.size).toBe(2),
  },
  'session.check': { input: inSession, check: shows('check') },
  'session.openStep': { input: () => ({ ...inSession(), stepId: 'two' }), check: shows('open two') },
  'session.hint': { input: () => ({ ...inSession(), stepId: 'one' }), check: shows('hint one') },
  'session.solution': { input: () => ({ ...inSession(), stepId: 'one' }), check: shows('solution one') },
  'session.reset': { input: inSession, check: shows('reset') },
  'session.switchNode': {
    input: () => ({ ...inSession(), node: 'node1', action: 'cut' }),
    check: shows('cut node1'),
  },
  'preview.open': {
    input: () => ({ ...inSession(), node: 'node1', port: 80 }),
    check: (out: { url: string }) =>
      expect(out.url).toMatch(/^http:\/\/[0-9a-f]{32}\.localhost:\d+\/.capstan-entrance\/[0-9a-f]{32}$/),
  },
  'playground.options': { check: like({ nodes: 10, managers: 7, usualEngine: '26.1' }) },
  'playground.start': {
    input: () => ({ name: ' Raft ', managers: 3, workers: 0 }),
    check: like({ id: 's-playground', currentStep: null, playground: { name: 'Raft', engine: null } }),
  },
  'playground.rename': {
    input: () => ({ ...IN_PLAYGROUND, name: 'Quorum' }),
    check: didInPlayground('rename Quorum'),
  },
  'playground.save': { input: () => IN_PLAYGROUND, check: didInPlayground('save') },
  'playground.continue': { input: () => IN_PLAYGROUND, check: didInPlayground('continue') },
  'playground.addNode': {
    input: () => ({ ...IN_PLAYGROUND, role: 'worker', join: true }),
    check: didInPlayground('add worker true'),
  },
  'playground.removeNode': {
    input: () => ({ ...IN_PLAYGROUND, node: 'worker1', leave: false }),
    check: didInPlayground('remove worker1 false'),
  },
  'playground.placeCompose': {
    input: () => ({ ...IN_PLAYGROUND, name: 'web', text: 'services: {}' }),
    check: like({ path: '/root/web/compose.yaml' }),
  },
  'playground.remove': {
    input: () => IN_PLAYGROUND,
    check: () => expect(one.engine.sessions.open.has('s-playground')).toBe(false),
  },
  'terminal.open': {
    input: () => ({ ...inSession(), node: 'node1', cols: 80, rows: 24 }),
    check: like({ node: 'node1', exitCode: null }),
  },
  'terminal.list': { input: inSession, check: like([{ node: 'node1' }]) },
  'terminal.write': {
    input: () => ({ terminalId: session.shells[0]?.id, data: 'ls' }),
    check: () => expect(session.shells[0]?.written).toEqual(['ls']),
  },
  'terminal.run': {
    input: () => ({ terminalId: session.shells[0]?.id, code: 'docker ps' }),
    check: like({ ran: true }),
  },
  'terminal.resize': {
    input: () => ({ terminalId: session.shells[0]?.id, cols: 50, rows: 9 }),
    check: () => expect(session.shells[0]?.size).toEqual({ cols: 50, rows: 9 }),
  },
  'terminal.ack': { input: () => ({ terminalId: session.shells[0]?.id, chars: 3 }), check: like({}) },
  'terminal.renew': {
    input: () => ({ terminalId: session.shells[0]?.id }),
    check: () => expect(session.shells[0]?.exitCode).toBeNull(),
  },
  'terminal.close': {
    input: () => ({ terminalId: session.shells[0]?.id }),
    check: () => expect(session.terminals()).toEqual([]),
  },
  'file.list': { input: () => ofNode('/etc'), check: like([{ type: 'file' }, { type: 'file' }]) },
  'file.read': { input: () => ofNode('/etc/hosts'), check: like({ content: '127.0.0.1 localhost' }) },
  'file.write': {
    input: () => ({ ...ofNode('/new'), content: 'text' }),
    check: (out: { version: string }) => {
      expect(out.version).toMatch(/^[0-9a-f]{64}$/)
      shows('look soon')()
    },
  },
  'file.stamp': {
    input: () => ({ ...inSession(), node: 'node1', folders: ['/etc'] }),
    check: like({ stamp: expect.stringContaining('/etc') }),
  },
  'file.rename': { input: () => ({ ...ofNode('/new'), to: '/newer' }), check: shows('look soon') },
  'file.readPart': {
    input: () => ({ ...ofNode('/newer'), offset: 1, length: 2 }),
    check: like({ data: Buffer.from('ex').toString('base64') }),
  },
  'file.writePart': {
    input: () => ({ ...ofNode('/part'), offset: 0, data: 'AAE=', isLast: true }),
    check: shows('look soon'),
  },
  'file.remove': { input: () => ofNode('/newer'), check: shows('look soon') },
  'file.makeFolder': { input: () => ofNode('/folder'), check: shows('look soon') },
  'map.inspect': {
    input: () => ({ ...inSession(), node: 'node1', kind: 'container', id: 'web' }),
    check: like({ command: 'docker container inspect web', text: '[]' }),
  },
  'session.stop': {
    input: inSession,
    check: () => expect(one.engine.sessions.open.has(session.id)).toBe(false),
  },
  'exam.blueprint': { check: like({ length: 55, passMark: 65 }) },
  // The practice that ended before its first answer is not kept.
  'exam.list': { check: (out: object[]) => expect(out).toHaveLength(2) },
  'exam.start': {
    input: () => ({ mode: 'real', extraTime: 1.5 }),
    check: async ({ attemptId }: { attemptId: string }) => {
      const exams = await one.app.exams()
      expect((await exams.view(attemptId)).limit).toBe(135 * 60_000)
      // While it runs, no practice could be gone on with.
      await exams.apply(attemptId, { kind: 'ended', by: 'candidate' })
    },
  },
  'exam.retry': {
    input: () => ({ attemptId: ids.over, what: 'form' }),
    check: async ({ attemptId }: { attemptId: string }) =>
      expect((await (await one.app.exams()).view(attemptId)).state).toBe('running'),
  },
  'exam.move': { input: ofPractice, check: like({ current: { index: 0 } }) },
  'exam.choose': { input: () => ({ ...ofPractice(), options: [] }), check: like({ id: expect.any(String) }) },
  'exam.decide': {
    input: () => ({ ...ofPractice(), option: 0, yes: true }),
    check: like({ mode: 'practice' }),
  },
  'exam.flag': {
    input: () => ({ ...ofPractice(), on: true }),
    check: like({ items: { 0: { flagged: true } } }),
  },
  'exam.reveal': { input: ofPractice, check: like({ state: 'running' }) },
  'exam.takeNode': {
    input: () => ({ attemptId: ids.command, item: 0 }),
    check: like({
      current: { kind: 'command', command: { sessionId: expect.stringMatching(/^s-command/) } },
    }),
  },
  'exam.leaveNode': {
    input: () => ({ attemptId: ids.command, item: 0 }),
    check: like({ current: { command: { sessionId: null } } }),
  },
  'exam.judge': {
    input: async () => {
      const input = { attemptId: ids.command, item: 0 }
      await (await one.app.exams()).takeNode(input.attemptId, input.item)
      return input
    },
    check: like({ kept: true, current: { closed: true, command: { sessionId: null } } }),
  },
  'exam.end': { input: () => ({ attemptId: ids.practice }), check: like({ state: 'ended' }) },
  'exam.result': {
    input: () => ({ attemptId: ids.over }),
    check: like({ endedBy: 'candidate', total: { right: 0 } }),
  },
  'exam.remove': {
    input: () => ({ attemptId: ids.past }),
    check: async () =>
      await expect((await one.app.exams()).view(ids.past)).rejects.toMatchObject({ code: 'not-found' }),
  },
  'marks.get': { input: () => ({ itemId: 'x' }), check: like({ bookmarked: false, note: '' }) },
  'marks.set': {
    input: () => ({ itemId: 'x', bookmarked: true, note: ' mine ' }),
    check: like({ bookmarked: true, note: 'mine' }),
  },
  'marks.questions': { check: (out: object[]) => expect(out.length).toBeGreaterThan(0) },
  'marks.practise': {
    input: () => ({ filter: 'unseen', length: 2 }),
    check: async ({ attemptId }: { attemptId: string }) =>
      expect((await (await one.app.exams()).view(attemptId)).items).toHaveLength(2),
  },
  'handsOn.list': { check: like({ attempts: [] }) },
  'handsOn.start': {
    input: () => ({ examId: 'night-shift' }),
    check: ({ attemptId }: { attemptId: string }) => {
      ids.handsOn = attemptId
    },
  },
  'handsOn.open': {
    input: () => ({ ...ofHandsOn(), task: 0 }),
    check: (out: { tasks: { sessionId: string | null }[] }) =>
      expect(one.engine.sessions.open.has(out.tasks[0]?.sessionId ?? '')).toBe(true),
  },
  'handsOn.handIn': {
    input: () => ({ ...ofHandsOn(), task: 0 }),
    check: like({ tasks: { 0: { state: 'handed-in' } } }),
  },
  'handsOn.end': {
    input: ofHandsOn,
    check: () =>
      expect
        .poll(async () => await (await one.app.handsOn()).view(ids.handsOn))
        .toMatchObject({ state: 'ended' }),
  },
  'handsOn.result': { input: ofHandsOn, check: like({ percent: 0, passed: false }) },
  'progress.curve': { check: (out: readonly object[]) => expect(out.length).toBeGreaterThan(0) },
  'progress.overview': { check: like({ passMark: 65, handsOn: [{ title: expect.any(String) }] }) },
  'progress.reviews': { check: (out: object[]) => expect(Array.isArray(out)).toBe(true) },
  'progress.statistics': { check: like({ enough: 20 }) },
  'progress.export': {
    input: () => ({ format: 'csv' }),
    check: like({ name: expect.stringMatching(/\.csv$/) }),
  },
  'progress.review': { input: () => ({ most: 0 }), check: () => undefined },
  'progress.drill': {
    input: () => ({ objectives: ['NET-05'], length: 2 }),
    check: async ({ attemptId }: { attemptId: string }) =>
      expect((await (await one.app.exams()).view(attemptId)).items).toHaveLength(2),
  },
  'path.list': {
    input: () => ({ attempts: true }),
    check: (out: object[]) => expect(out[0]).toMatchObject({ main: true, steps: expect.any(Array) }),
  },
  'path.practised': {
    input: () => ({ labId }),
    check: like({ objectives: expect.any(Array), next: { id: expect.any(String) } }),
  },
  'path.place': {
    check: async ({ attemptId }: { attemptId: string }) =>
      expect((await (await one.app.exams()).view(attemptId)).items).toHaveLength(20),
  },
  'path.placement': { check: like({ placement: { ended: false, domains: [] } }) },
  'objective.list': {
    check: (out: object[]) => expect(out).toContainEqual(expect.objectContaining({ id: 'ORC-05' })),
  },
  'objective.open': {
    input: () => ({ objectiveId: 'ORC-05' }),
    check: like({ id: 'ORC-05', domain: 'Orchestration', asks: expect.any(String) }),
  },
  'search.find': {
    input: () => ({ text: 'swarm unlock-key' }),
    check: (out: object[]) => expect(out).toContainEqual(expect.objectContaining({ kind: 'command' })),
  },
  'own.list': { check: like({ questions: 0, problems: [] }) },
  'exchange.formats': {
    check: (out: object[]) => expect(out).toContainEqual({ id: 'gift', title: 'GIFT', extension: '.gift' }),
  },
  'exchange.begin': {
    input: () => ({ fileName: 'quiz.gift', size: GIFT.length }),
    check: ({ importId }: { importId: string }) => {
      exchanged.importId = importId
    },
  },
  'exchange.part': {
    input: () => ({ ...ofImport(), offset: 0, data: Buffer.from(GIFT).toString('base64') }),
    check: like({}),
  },
  'exchange.preview': {
    input: () => ({ ...ofImport(), objective: 'NET-05' }),
    check: like({ format: { id: 'gift' }, encoding: 'utf-8', items: 1, duplicates: 0, withoutObjective: 1 }),
  },
  'exchange.items': {
    input: () => ({ ...ofImport(), from: 0, count: 10 }),
    check: like([{ stem: 'Which port?', options: [{ text: '80', right: true }, {}, {}], duplicate: null }]),
  },
  'exchange.picture': { input: () => ({ ...ofImport(), path: 'pictures/x.png' }), check: () => undefined },
  'exchange.add': {
    input: () => ({ ...ofImport(), duplicates: true }),
    check: like({ added: 1, folder: 'quiz' }),
  },
  'exchange.forget': { input: ofImport, check: like({}) },
  'own.practise': {
    input: () => ({ folder: 'quiz' }),
    check: async ({ attemptId }: { attemptId: string }) =>
      expect((await (await one.app.exams()).view(attemptId)).items).toHaveLength(1),
  },
  'exchange.export': {
    input: () => ({ wish: { of: 'own' }, format: 'gift' }),
    check: ({ exportId, ...about }: { exportId: string }) => {
      exchanged.exportId = exportId
      expect(about).toMatchObject({ name: 'capstan-my-questions.gift', items: 1, lost: [] })
    },
  },
  'exchange.exported': {
    input: () => ({ exportId: exchanged.exportId, offset: 0 }),
    check: ({ data, isLast }: { data: string; isLast: boolean }) => {
      expect(isLast).toBe(true)
      expect(Buffer.from(data, 'base64').toString()).toContain('Which port?')
    },
  },
  'picture.get': {
    input: () => ({ of: ofPractice(), path: 'pictures/x.png' }),
    check: () => undefined,
  },
  'transfer.export': {
    check: ({ text }: { text: string }) => {
      expect(JSON.parse(text)).toMatchObject({ capstan: 'everything', handsOn: [{ id: ids.handsOn }] })
      everything = text
    },
  },
  'transfer.reset': {
    check: async () => expect(await (await one.app.exams()).list()).toEqual([]),
  },
  'transfer.import': {
    input: () => ({ packed: gzipSync(everything).toString('base64') }),
    check: async (out: object) => {
      expect(out).toMatchObject({ handsOn: { added: 1 } })
      const exams = await one.app.exams()
      ids.over = await exams.start({ mode: 'drill', length: 6, extraTime: 1 })
      await exams.apply(ids.over, { kind: 'ended', by: 'candidate' })
    },
  },
  'handsOn.remove': { input: () => ({ attemptId: 'x' }), check: () => undefined },
  'settings.get': { check: like({ theme: 'system' }) },
  'settings.set': { input: () => ({ theme: 'dark' }), check: like({ theme: 'dark', passMark: 65 }) },
  'settings.askHostTerminal': { input: () => ({ on: false }), check: like({ hostTerminal: false }) },
}

/** Calls that the table cannot let succeed, with what they are refused with. */
const REFUSED: { readonly [Name in Call]?: string } = {
  'progress.review': 'bad-input',
  'handsOn.remove': 'not-found',
  'exchange.picture': 'not-found',
  'picture.get': 'not-found',
}

test('the table has every call of the contract', () => {
  expect(Object.keys(ROWS).sort()).toEqual(Object.keys(contract.calls).sort())
})

describe('each call reaches its service', () => {
  test.each(Object.keys(ROWS) as Call[])('%s', async (name) => {
    const { input = () => ({}), check } = ROWS[name]
    const answer = api.call(name, (await input()) as never)
    if (REFUSED[name]) return await expect(answer).rejects.toMatchObject({ code: REFUSED[name] })
    return await check((await answer) as never)
  })
})

const NODE = { node: 'node1', path: '/a' }
const SIZE = { cols: 80, rows: 24 }

describe('ids that are not known are refused', () => {
  test.each<[Call, object, string?]>([
    ['lab.open', { labId: 'none' }],
    ['session.check', { sessionId: 'none' }],
    ['session.openStep', { sessionId: 'none', stepId: 'one' }],
    ['session.hint', { sessionId: 'none', stepId: 'one' }],
    ['session.solution', { sessionId: 'none', stepId: 'one' }],
    ['session.reset', { sessionId: 'none' }],
    ['session.switchNode', { sessionId: 'none', node: 'node1', action: 'stop' }],
    ['session.stop', { sessionId: 'none' }],
    ['preview.open', { sessionId: 'none', node: 'node1', port: 80 }],
    ['terminal.open', { sessionId: 'none', node: 'node1', ...SIZE }],
    ['terminal.list', { sessionId: 'none' }],
    ['terminal.write', { terminalId: 'none', data: '' }],
    ['terminal.resize', { terminalId: 'none', ...SIZE }],
    ['file.list', { sessionId: 'none', ...NODE }],
    ['file.read', { sessionId: 'none', ...NODE }],
    ['file.write', { sessionId: 'none', ...NODE, content: '' }],
    ['file.stamp', { sessionId: 'none', node: 'node1', folders: ['/'] }],
    ['file.rename', { sessionId: 'none', ...NODE, to: '/b' }],
    ['file.remove', { sessionId: 'none', ...NODE }],
    ['file.makeFolder', { sessionId: 'none', ...NODE }],
    ['file.readPart', { sessionId: 'none', ...NODE, offset: 0, length: 1 }],
    ['file.writePart', { sessionId: 'none', ...NODE, offset: 0, data: '', isLast: true }],
    ['exam.move', { attemptId: 'none', item: 0 }],
    ['exam.choose', { attemptId: 'none', item: 0, options: [] }],
    ['exam.decide', { attemptId: 'none', item: 0, option: 0, yes: true }],
    ['exam.flag', { attemptId: 'none', item: 0, on: true }],
    ['exam.reveal', { attemptId: 'none', item: 0 }],
    ['exam.takeNode', { attemptId: 'none', item: 0 }],
    ['exam.leaveNode', { attemptId: 'none', item: 0 }],
    ['exam.judge', { attemptId: 'none', item: 0 }],
    ['exam.end', { attemptId: 'none' }],
    ['exam.result', { attemptId: 'none' }],
    ['handsOn.start', { examId: 'none' }],
    ['handsOn.open', { attemptId: 'none', task: 0 }],
    ['handsOn.handIn', { attemptId: 'none', task: 0 }],
    ['handsOn.end', { attemptId: 'none' }],
    ['handsOn.result', { attemptId: 'none' }],
    ['progress.drill', { objectives: ['NET-99'] }, 'bad-input'],
    ['path.practised', { labId: 'none' }],
    ['objective.open', { objectiveId: 'NET-99' }],
  ])('%s', async (name, input, code = 'not-found') => {
    await expect(api.call(name, input as never)).rejects.toMatchObject({ code })
  })

  test.each([
    ['session.watch', { sessionId: 'none' }],
    ['terminal.watch', { sessionId: 'none' }],
    ['terminal.output', { terminalId: 'none' }],
    ['map.watch', { sessionId: 'none' }],
    ['exam.watch', { attemptId: 'none' }],
    ['handsOn.watch', { attemptId: 'none' }],
  ] as const)('%s', async (name, input) => {
    const error = await new Promise((resolve) =>
      api.subscribe(name, input as never, { onItem: () => undefined, onError: resolve }),
    )
    expect(error).toMatchObject({ code: 'not-found' })
  })
})

test('a task of a hands-on exam is no lab: it is neither opened nor started as one', async () => {
  for (const name of ['lab.open', 'session.start'] as const)
    await expect(api.call(name, { labId: taskId })).rejects.toMatchObject({ code: 'not-found' })
})

test('a shell on this computer needs an answer from outside of the page', async () => {
  const { id: sessionId } = one.engine.sessions.list()[0] ?? expect.fail()
  const open = () => api.call('terminal.open', { sessionId, node: null, ...SIZE })
  await expect(open()).rejects.toMatchObject({ code: 'capability-missing' })
  // A page that tries to switch it on by itself changes nothing.
  await api.call('settings.set', { hostTerminal: true } as object)
  await expect(open()).rejects.toMatchObject({ code: 'capability-missing' })
  answer = false
  expect((await api.call('settings.askHostTerminal', { on: true })).hostTerminal).toBe(false)
  await expect(open()).rejects.toMatchObject({ code: 'capability-missing' })
  answer = true
  expect((await api.call('settings.askHostTerminal', { on: true })).hostTerminal).toBe(true)
  expect(await open()).toMatchObject({ id: 'host', node: null })
})

test('a file that is not text is not opened in the editor', async () => {
  const other = one.engine.sessions.list()[0] ?? expect.fail()
  other.node('node1').files.set('/bin/sh', Buffer.from([0]))
  const read = api.call('file.read', { sessionId: other.id, node: 'node1', path: '/bin/sh' })
  await expect(read).rejects.toMatchObject({ code: 'bad-input' })
})

describe('each stream gives a current value first', () => {
  async function first(name: keyof Contract['streams'], input: object): Promise<unknown> {
    return await new Promise((resolve, reject) => {
      const stop = api.subscribe(name, input as never, {
        onItem: (item) => {
          queueMicrotask(() => stop())
          resolve(item)
        },
        onError: reject,
      })
    })
  }
  const open = () => one.engine.sessions.list()[0] ?? expect.fail()

  test.each<[keyof Contract['streams'], () => object, object]>([
    ['setup.watch', () => ({}), { phase: 'ready' }],
    ['lab.watch', () => ({}), { 0: { id: 'multi-stage-build' } }],
    ['session.watch', () => ({ sessionId: open().id }), { state: 'running' }],
    ['playground.watch', () => ({}), []],
    ['terminal.watch', () => ({ sessionId: open().id }), [{ id: 'host' }]],
    [
      'terminal.output',
      () => ({ terminalId: 'host' }),
      { kind: 'snapshot' } satisfies Partial<TerminalFrame>,
    ],
    ['map.watch', () => ({ sessionId: open().id }), { nodes: [{ name: 'node1' }], swarm: null }],
    ['exam.watch', () => ({ attemptId: ids.over }), { state: 'ended' }],
    ['handsOn.watch', () => ({ attemptId: ids.handsOn }), { state: 'ended' }],
    ['running.watch', () => ({}), { exam: null }],
    ['notice.watch', () => ({}), { message: 'For the page.' }],
  ])('%s', async (name, input, expected) => {
    one.notices.add('info', 'For the page.')
    expect(await first(name, input())).toMatchObject(expected)
  })

  test('a session is shown again soon after it changed', async () => {
    const seen: (string | null)[] = []
    const stop = api.subscribe(
      'session.watch',
      { sessionId: open().id },
      { onItem: ({ notice }) => seen.push(notice) },
    )
    await expect.poll(() => seen).toEqual([null])
    for (const notice of ['one', 'two', 'three']) open().change({ notice })
    await expect.poll(() => seen).toEqual([null, 'three'])
    stop()
  })
})

test('a lab is no playground: none of its calls reaches one', async () => {
  const sessionId = one.engine.sessions.list()[0]?.id ?? ''
  for (const call of [
    api.call('playground.save', { sessionId }),
    api.call('playground.remove', { sessionId }),
    api.call('playground.placeCompose', { sessionId, name: 'web', text: 'x' }),
  ])
    await expect(call).rejects.toMatchObject({ code: 'not-found' })
})

test.each(['a\nb', ' ', 'x'.repeat(61), 'a\u202eb'])('%j is no name of a playground', async (name) => {
  const start = api.call('playground.start', { name, managers: 1, workers: 0 })
  await expect(start).rejects.toMatchObject({ code: 'bad-input' })
})

test('a compose file that is too large is refused before it reaches a node', async () => {
  const text = 'x'.repeat(65_537)
  const placed = api.call('playground.placeCompose', { sessionId: 's', name: 'web', text })
  await expect(placed).rejects.toMatchObject({ code: 'bad-input' })
})

test('a field that the contract does not name never leaves', async () => {
  const other = one.engine.sessions.list()[0] ?? expect.fail()
  const secret = { solutionScript: 'secret' } as Partial<SessionSnapshot>
  other.shows = { ...other.shows, ...secret }
  expect(other.snapshot()).toHaveProperty('solutionScript')
  const list = await api.call('session.list', {})
  expect(JSON.stringify(list)).not.toContain('secret')
})

test('while there is no engine, calls that need one say so', async () => {
  const none = await openApp({ findEngine: () => new Promise(() => undefined) })
  const { calls } = createHandlers(none.app)
  const { signal } = new AbortController()
  for (const call of [
    calls['session.list']({}, signal),
    calls['session.start']({ labId }, signal),
    calls['terminal.list']({ sessionId: 'a' }, signal),
    calls['file.list']({ sessionId: 'a', ...NODE }, signal),
    calls['preview.open']({ sessionId: 'a', node: 'a', port: 1 }, signal),
  ])
    await expect(call).rejects.toMatchObject({ code: 'no-engine' })
  expect(await calls['app.doctor']({}, signal)).toMatchObject({ ok: false })
  await none.close()
})

test('a snapshot of the engine and the view of the contract are the same shape', () => {
  expectTypeOf<DeepReadonly<SessionSnapshot>>().toEqualTypeOf<SessionView>()
  expectTypeOf<DeepReadonly<MapSnapshot>>().toEqualTypeOf<MapView>()
  expectTypeOf(new FakeEngine().view.source).toExtend<'default'>()
})
