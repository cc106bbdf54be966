import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LoadedLab, loadCatalogue, type SessionManager } from '../../../engine'
import { type Blueprint, HandsOnEvent, type ParsedHandsOn, parseHandsOn } from '../../../exam'
import { JournalFolder } from '../../store'
import type { Moment } from '../attempts/clock'
import { entryOf } from '../attempts/journal'
import { loadBlueprint, readHandsOn } from '../bank/bank'
import { HandsOnService } from './hands-on'

const resources = fileURLToPath(new URL('../../..', import.meta.url))
const EXAM = 'night-shift'
const MINUTE = 60_000

let blueprint: Blueprint
let labs: LoadedLab[]
let exams: (ParsedHandsOn & { file: string })[]
let folder: string
let time = 0
const opened: HandsOnService[] = []

beforeAll(async () => {
  blueprint = await loadBlueprint(resources)
  labs = (await loadCatalogue(join(resources, 'labs'))).flatMap(({ lab }) => lab ?? [])
  exams = (await readHandsOn(resources)).map(({ file, text }) => ({ file, ...parseHandsOn(text, file) }))
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-hands-on-'))
  time = 0
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((service) => service.dispose()))
  await rm(folder, { recursive: true })
})

/** All clocks of the machine, moved by the test. */
const now = (): Moment => ({ monotonic: time, uptime: time, boot: 'one', wall: time })

/** Stands for the nodes: sessions whose checks are as the test says. */
class Nodes {
  readonly open = new Map<string, string>()
  /** Names of the checks that are green. */
  green: (name: string) => boolean = () => true
  /** The engine does not answer. */
  isGone = false
  graded = 0

  manager(): SessionManager {
    const session = (labId: string, id: string) => ({
      id,
      lab: labs.find((lab) => lab.id === labId),
      state: 'running',
      onChange: () => () => undefined,
      snapshot: () => ({ state: 'running', problem: null }),
      grade: async () => {
        if (this.isGone) throw new Error('the engine has gone')
        this.graded++
        const checks = labs.find((lab) => lab.id === labId)?.steps[0]?.checks ?? []
        return checks.map(({ name }) => ({
          ...{ name, expected: 'e', found: 'f', explanation: `why ${name}` },
          state: this.green(name) ? 'green' : 'red',
        }))
      },
    })
    return {
      list: () => [...this.open].map(([labId, id]) => session(labId, id)),
      start: async (labId: string) => void this.open.set(labId, `s-${labId}`),
      stop: async (id: string) => {
        for (const [labId, one] of this.open) if (one === id) this.open.delete(labId)
      },
      expect: () => undefined,
    } as unknown as SessionManager
  }
}

/** As another process would open it, on the same folder. */
function service(nodes: Nodes): HandsOnService {
  const one = new HandsOnService({
    ...{ exams, blueprint, now },
    tasks: () => labs.filter(({ kind }) => kind === 'task'),
    labs: () => labs.filter(({ kind }) => kind === 'lab'),
    journals: new JournalFolder({
      folder,
      entry: entryOf(HandsOnEvent),
      onCorrupt: (message) => expect.fail(message),
    }),
    engine: () => null,
    sessions: () => nodes.manager(),
    onNodesGone: async () => undefined,
    onError: () => undefined,
    onProblem: (message) => expect.fail(message),
  })
  opened.push(one)
  return one
}

/** Resolves when everything is graded. */
async function graded(one: HandsOnService, id: string): Promise<void> {
  let stop = () => {}
  await new Promise<void>((resolve) => {
    void one
      .watch(id, ({ state }) => state === 'ended' && resolve())
      .then((unwatch) => {
        stop = unwatch
      })
  })
  stop()
}

test('a task is graded when it is handed in, the others at the end, and what was never begun counts zero', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await one.open(id, 0)
  await one.open(id, 2)
  expect((await one.view(id)).tasks.map(({ state }) => state)).toEqual(['open', 'new', 'open', 'new'])
  expect(nodes.open.size).toBe(2)
  await one.handIn(id, 2)
  await expect.poll(() => nodes.open.size).toBe(1)
  nodes.green = (name) => !name.startsWith('4 tasks')
  await one.end(id)
  await graded(one, id)
  const result = await one.result(id)
  expect(result.tasks.map(({ percent }) => percent)).toEqual([80, 0, 100, 0])
  expect(result.percent).toBeCloseTo((3 * 80 + 3 * 100) / 12)
  expect(result.tasks[0]?.solution).toContain('--update-failure-action rollback')
  expect(result.tasks[0]?.labs.map((lab) => lab.id)).toContain('rolling-update')
  expect(nodes.open.size).toBe(0)
  expect((await one.list()).attempts).toMatchObject([{ id, state: 'ended', passed: false }])
})

test('nothing that the page gets before the end tells a check, a finding or a solution', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  const wire: string[] = []
  const stop = await one.watch(id, (view) => wire.push(JSON.stringify(view)))
  for (const task of [0, 1, 2, 3]) wire.push(JSON.stringify(await one.open(id, task)))
  wire.push(JSON.stringify(await one.handIn(id, 1)))
  await expect.poll(() => nodes.graded).toBe(1)
  await expect(one.result(id)).rejects.toMatchObject({ code: 'session-state' })
  wire.push(JSON.stringify(await one.list()))
  stop()
  const told = wire.join('\n')
  for (const lab of labs.filter(({ kind }) => kind === 'task')) {
    for (const { name } of lab.steps[0]?.checks ?? [])
      expect(told).not.toContain(JSON.stringify(name).slice(1, -1))
    for (const script of lab.steps[0]?.solution ?? [])
      if ('text' in script) expect(told).not.toContain(JSON.stringify(script.text).slice(1, -1))
  }
  expect(told).not.toMatch(/"(checks|points|green|explanation|solution|percent)":[^n]/)
})

test('another process finds the same tasks, the same nodes and no more time', async () => {
  const nodes = new Nodes()
  const first = service(nodes)
  const id = await first.start({ examId: EXAM, extraTime: 1.5 })
  await first.open(id, 3)
  const before = await first.view(id)
  expect(before.timeLeft).toBe(45 * MINUTE)
  time += 10 * MINUTE
  const after = await service(nodes).view(id)
  expect({ ...after, timeLeft: 0 }).toEqual({ ...before, timeLeft: 0 })
  expect(after.timeLeft).toBeLessThanOrEqual(35 * MINUTE)
  expect(after.timeLeft).toBeGreaterThan(34 * MINUTE)
})

test('time that ran out while the app was away ends the exam, and the nodes are graded at the next start', async () => {
  const nodes = new Nodes()
  const first = service(nodes)
  const id = await first.start({ examId: EXAM, extraTime: 1 })
  await first.open(id, 2)
  await first.dispose()
  time += 31 * MINUTE
  const second = service(nodes)
  await second.resume()
  await graded(second, id)
  expect((await second.result(id)).tasks.map(({ percent }) => percent)).toEqual([0, 0, 100, 0])
  await expect(second.open(id, 1)).resolves.toMatchObject({ state: 'ended' })
  expect(nodes.open.size).toBe(0)
})

test('an app that was killed between handing in and grading grades at its next start, once', async () => {
  const nodes = new Nodes()
  const first = service(nodes)
  const id = await first.start({ examId: EXAM, extraTime: 1 })
  await first.open(id, 2)
  nodes.isGone = true
  await first.handIn(id, 2)
  await first.dispose()
  nodes.isGone = false
  const second = service(nodes)
  await second.resume()
  await expect.poll(() => nodes.open.size).toBe(0)
  expect(nodes.graded).toBe(1)
})

test('nodes that are gone make every check red, and say so', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await one.open(id, 2)
  nodes.open.clear()
  await one.end(id)
  await graded(one, id)
  const { checks, percent } = (await one.result(id)).tasks[2] ?? expect.fail()
  expect(percent).toBe(0)
  expect(
    checks.every(({ green, explanation }) => !green && explanation === 'The nodes of this task are gone.'),
  ).toBe(true)
})

test('one exam runs at a time, and the nodes of a task that nobody works on are removed', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await expect(one.start({ examId: 'harbour-watch', extraTime: 1 })).rejects.toMatchObject({
    code: 'session-exists',
  })
  await one.end(id)
  await graded(one, id)
  nodes.open.set('data-that-must-last', 'left-over')
  await one.start({ examId: 'harbour-watch', extraTime: 1 })
  expect(nodes.open.size).toBe(0)
  expect((await readdir(folder)).length).toBe(2)
})

test('a task that the exam does not have is refused, and changes nothing', async () => {
  const one = service(new Nodes())
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await expect(one.open(id, 9)).rejects.toMatchObject({ code: 'not-found' })
  await expect(one.start({ examId: 'no-such-exam', extraTime: 1 })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(one.view('nobody')).rejects.toMatchObject({ code: 'not-found' })
  expect((await one.view(id)).state).toBe('running')
})
