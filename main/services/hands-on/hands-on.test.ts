import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LoadedLab, loadCatalogue } from '../../../engine'
import { type Blueprint, type HandsOnEvent, type ParsedHandsOn, parseHandsOn } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { FakeJournals } from '../../../test/fakes/journals'
import { JournalFolder } from '../../store'
import type { Moment } from '../attempts'
import { loadBlueprint, readHandsOn } from '../bank'
import { HandsOnEntry, type HandsOnOptions, HandsOnService } from '.'
import type { TaskSession, TaskSessions } from './task-nodes'

const resources = fileURLToPath(new URL('../../..', import.meta.url))
const EXAM = 'night-shift'
const MINUTE = 60_000
const JUDGED_AT = new Date(5_000)

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
class Nodes implements TaskSessions {
  /** Ids of the open sessions, by their task. */
  readonly open = new Map<string, string>()
  readonly expected: string[] = []
  /** Whether the check of that name is green. */
  green: (name: string) => boolean = () => true
  /** The engine does not answer. */
  isGone = false
  /** What runs in the nodes cannot be ended. */
  goesOn = false
  graded = 0
  /** Tasks whose nodes take no more work. */
  readonly shut = new Set<string>()

  list(): TaskSession[] {
    return [...this.open].map(([taskId, id]) => this.#session(taskId, id))
  }

  async start(taskId: string): Promise<void> {
    if (this.open.has(taskId)) throw new CapstanError('session-exists', 'It is open already.')
    this.open.set(taskId, `s-${taskId}`)
  }

  async stop(id: string): Promise<void> {
    for (const [taskId, one] of this.open) if (one === id) this.open.delete(taskId)
  }

  expect(taskId: string): void {
    this.expected.push(taskId)
  }

  #session(taskId: string, id: string): TaskSession {
    return {
      id,
      lab: { id: taskId, kind: 'task' },
      state: 'running',
      onChange: () => () => undefined,
      snapshot: () => ({ state: 'running', problem: null }),
      gate: {
        shut: () => void this.shut.add(taskId),
        open: () => void this.shut.delete(taskId),
      },
      grade: async () => {
        expect(this.shut).toContain(taskId)
        if (this.isGone) throw new Error('the engine has gone')
        if (this.goesOn) throw new CapstanError('work-goes-on', 'What was started in node1 goes on.')
        this.graded++
        const checks = labs.find((lab) => lab.id === taskId)?.steps[0]?.checks ?? []
        const grades = checks.map(({ name }) => ({
          name,
          expected: 'e',
          found: 'f',
          explanation: `why ${name}`,
          state: this.green(name) ? ('green' as const) : ('red' as const),
        }))
        return { judgedAt: JUDGED_AT, checks: grades }
      },
    }
  }
}

/** As another process would open it, on the same folder. */
function service(nodes: TaskSessions | null, options: Partial<HandsOnOptions> = {}): HandsOnService {
  const one = new HandsOnService({
    exams,
    blueprint,
    now,
    tasks: () => labs.filter(({ kind }) => kind === 'task'),
    labs: () => labs.filter(({ kind }) => kind === 'lab'),
    journals: new JournalFolder({
      folder,
      entry: HandsOnEntry,
      onCorrupt: (message) => expect.fail(message),
    }),
    missing: () => [],
    sessions: () => nodes,
    onError: () => undefined,
    onProblem: (message) => expect.fail(message),
    gradeAgainMs: 1,
    ...options,
  })
  opened.push(one)
  return one
}

/** Resolves when everything is graded. */
async function graded(one: HandsOnService, id: string): Promise<void> {
  let resolve = () => {}
  const ended = new Promise<void>((done) => {
    resolve = done
  })
  const stop = await one.watch(id, ({ state }) => state === 'ended' && resolve())
  await ended
  stop()
}

test('a task is graded when it is handed in, the others at the end, and a task that was never begun counts zero', async () => {
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
  expect(result.tasks[0]?.solution).toMatchObject([
    { kind: 'code', text: expect.stringContaining('--update-failure-action rollback') },
  ])
  expect(result.tasks[0]?.labs.map((lab) => lab.id)).toContain('rolling-update')
  await expect.poll(() => nodes.open.size).toBe(0)
  expect((await one.list()).attempts).toMatchObject([{ id, state: 'ended', passed: false }])
})

test('an attempt is deleted when it is over and graded, and not before', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await expect(one.remove(id)).rejects.toMatchObject({ code: 'session-exists' })
  await one.open(id, 0)
  nodes.isGone = true
  await one.end(id)
  await expect(one.remove(id)).rejects.toMatchObject({ code: 'session-state' })
  await expect(one.archive.removeAll()).rejects.toMatchObject({ code: 'session-state' })
  expect(await one.archive.taken()).toEqual([])
  nodes.isGone = false
  await graded(one, id)
  expect((await one.archive.taken()).map((taken) => taken.id)).toEqual([id])
  await one.remove(id)
  expect((await one.list()).attempts).toEqual([])
  await expect(one.view(id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(service(null).view(id)).rejects.toMatchObject({ code: 'not-found' })
})

test('a graded attempt is the same in another store, and one with a damaged form does not come in', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await one.open(id, 0)
  await one.end(id)
  await graded(one, id)
  const [taken] = await one.archive.taken()
  if (!taken) return expect.fail('nothing was taken')
  const journals = new FakeJournals<HandsOnEvent>()
  const other = service(null, { journals })
  const damaged = { id, events: taken.events.slice(0, -1) }
  await expect(other.archive.bring(damaged)).rejects.toMatchObject({ code: 'bad-input' })
  expect(await other.archive.bring(taken)).toBe(true)
  expect(await other.archive.bring(taken)).toBe(false)
  expect(await other.result(id)).toEqual(await one.result(id))
})

test('no check, finding or solution is in what the page gets before the end', async () => {
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
  const seen = wire.join('\n')
  for (const lab of labs.filter(({ kind }) => kind === 'task')) {
    for (const { name } of lab.steps[0]?.checks ?? [])
      expect(seen).not.toContain(JSON.stringify(name).slice(1, -1))
    for (const script of lab.steps[0]?.solution ?? [])
      if ('text' in script) expect(seen).not.toContain(JSON.stringify(script.text).slice(1, -1))
  }
  expect(seen).not.toMatch(/"(checks|points|green|explanation|solution|percent)":[^n]/)
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
  await expect.poll(() => nodes.open.size).toBe(0)
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

test('work that cannot be ended makes every check red, and says so', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await one.open(id, 0)
  nodes.goesOn = true
  await one.end(id)
  await graded(one, id)
  const { checks, percent } = (await one.result(id)).tasks[0] ?? expect.fail()
  expect(percent).toBe(0)
  expect(checks.map(({ explanation }) => explanation)).toEqual(
    checks.map(() => 'What was started in node1 goes on.'),
  )
  expect(nodes.open.size).toBe(0)
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
  time += MINUTE
  await one.start({ examId: 'harbour-watch', extraTime: 1 })
  expect(nodes.open.size).toBe(0)
  expect(nodes.expected).toEqual([
    (await one.all())[0]?.attempt.form.tasks[0]?.id,
    (await one.all())[1]?.attempt.form.tasks[0]?.id,
  ])
  expect((await readdir(folder)).length).toBe(2)
})

test('of two exams that are begun at the same time exactly one runs', async () => {
  const one = service(new Nodes())
  const starts = await Promise.allSettled([
    one.start({ examId: EXAM, extraTime: 1 }),
    one.start({ examId: 'harbour-watch', extraTime: 1 }),
  ])
  expect(starts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(starts[1]).toMatchObject({ reason: { code: 'session-exists' } })
  expect(await one.all()).toHaveLength(1)
})

test('nobody gets back into a task that was handed in, while the engine is away and after a restart', async () => {
  const nodes = new Nodes()
  const first = service(nodes)
  const id = await first.start({ examId: EXAM, extraTime: 1 })
  const [task, other] = (await first.all())[0]?.attempt.form.tasks.map((one) => one.id) ?? []
  await first.open(id, 0)
  await first.open(id, 1)
  nodes.isGone = true
  await Promise.all([first.handIn(id, 0), first.open(id, 0)])
  await first.open(id, 0)
  expect([...nodes.shut]).toEqual([task])
  await first.dispose()
  // Sessions of tasks that are found again are shut.
  nodes.shut.add(other ?? '')
  const second = service(nodes)
  await second.resume()
  await second.open(id, 0)
  expect([...nodes.shut]).toEqual([task])
  nodes.isGone = false
  await expect.poll(() => nodes.open.size).toBe(1)
})

test('the time when a task was judged is in its result, and an earlier result is not shown during an exam', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1.5 })
  await one.open(id, 0)
  await one.end(id)
  await graded(one, id)
  const result = await one.result(id)
  expect(result.tasks.map(({ judgedAt }) => judgedAt)).toEqual([JUDGED_AT.toISOString(), null, null, null])
  expect(result.extraTime).toBe(1.5)
  const later = await one.start({ examId: EXAM, extraTime: 1 })
  await expect(one.result(id)).rejects.toMatchObject({ code: 'session-exists' })
  await one.end(later)
  await expect(one.result(id)).resolves.toMatchObject({ id })
})

test('a task that was corrected, or taken away, changes no attempt that was begun before', async () => {
  const one = service(new Nodes())
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await one.open(id, 0)
  const before = await one.view(id)
  const other = service(new Nodes(), { tasks: () => [] })
  expect({ ...(await other.view(id)), timeLeft: 0 }).toMatchObject({
    tasks: before.tasks.map(({ markdown, minutes, nodes }) => ({ markdown, minutes, nodes })),
  })
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

test('a task gets its nodes once, also when another window was faster', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await Promise.all([one.open(id, 0), one.open(id, 0)])
  const view = await one.open(id, 0)
  expect(nodes.open.size).toBe(1)
  expect(view.tasks[0]?.sessionId).toBe([...nodes.open.values()][0])
})

test('a session that is being stopped holds no nodes of its task any more', async () => {
  const nodes = new Nodes()
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await one.open(id, 0)
  const [session] = nodes.list()
  if (!session) return expect.fail('the task has no session')
  nodes.list = () => [{ ...session, state: 'stopping' }]
  expect((await one.view(id)).tasks[0]?.sessionId).toBeNull()
  return undefined
})

test('nodes that never came up make every check red with the reason', async () => {
  const nodes = new Nodes()
  const problem = { code: 'image-failed', message: 'The image is not there.', help: null }
  const [list, broken] = [nodes.list.bind(nodes), { state: 'broken' as const, problem }]
  nodes.list = () => list().map((one) => ({ ...one, state: 'broken', snapshot: () => broken }))
  const one = service(nodes)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await one.open(id, 1)
  await one.end(id)
  await graded(one, id)
  const { checks } = (await one.result(id)).tasks[1] ?? expect.fail()
  expect(checks.map(({ explanation }) => explanation)).toEqual(checks.map(() => problem.message))
})

test('a session that the engine left is looked at again until there are grades', async () => {
  const nodes = new Nodes()
  const errors: string[] = []
  const one = service(nodes, { onError: (message) => errors.push(message) })
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  const view = await one.open(id, 0)
  nodes.isGone = true
  await one.end(id)
  await expect.poll(() => errors.length).toBeGreaterThan(2)
  expect((await one.view(id)).state).toBe('grading')
  await expect(one.result(id)).rejects.toMatchObject({
    code: 'session-state',
    message: 'This exam is still being graded.',
  })
  nodes.isGone = false
  await graded(one, id)
  expect(view.tasks[0]?.state).toBe('open')
  expect((await one.result(id)).tasks[0]?.percent).toBe(100)
})

test('without an engine an exam can be begun, but no task', async () => {
  const one = service(null)
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await expect(one.open(id, 0)).rejects.toMatchObject({ code: 'no-engine' })
  expect((await one.view(id)).tasks[0]).toMatchObject({ state: 'open', sessionId: null })
})

test('a capability that the engine lacks is named, once, and the exam cannot be begun', async () => {
  const one = service(new Nodes(), { missing: () => ['ipvs'] })
  const exam = (await one.list()).exams.find(({ id }) => id === EXAM)
  expect(exam).toMatchObject({ missing: ['ipvs'], problem: null })
  await expect(one.start({ examId: EXAM, extraTime: 1 })).rejects.toMatchObject({
    code: 'capability-missing',
    message: 'This engine lacks ipvs.',
  })
})

test('an exam with a task that is not there is shown with the reason, and cannot be begun', async () => {
  const one = service(new Nodes(), { tasks: () => [] })
  const exam = (await one.list()).exams.find(({ id }) => id === EXAM)
  expect(exam?.problem).toMatch(/^Its task ".+" is not there/)
  expect(exam?.tasks).toEqual([])
  await expect(one.start({ examId: EXAM, extraTime: 1 })).rejects.toMatchObject({ code: 'lab-invalid' })
})

test('an exam whose file is broken is shown under the name of its file', async () => {
  const file = 'hands-on/half-done.yaml'
  const broken = { file, ...parseHandsOn('title: [', file) }
  const empty = { file: 'hands-on/empty.yaml', exam: null, problems: [] }
  const { exams: views } = await service(new Nodes(), { exams: [broken, empty] }).list()
  expect(views.map(({ id }) => id)).toEqual(['half-done', 'empty'])
  expect(views[0]?.problem).toContain('half-done.yaml')
  expect(views[1]?.problem).toBe('Its file is empty.')
})

test('a journal that cannot be read is reported once, and hides no other exam', async () => {
  const problems: string[] = []
  await writeFile(join(folder, 'newer.jsonl'), '{"v":7}\n')
  const one = service(new Nodes(), { onProblem: (message) => problems.push(message) })
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  expect((await one.list()).attempts.map((attempt) => attempt.id)).toEqual([id])
  await one.list()
  expect(problems).toEqual(['newer.jsonl was written by a newer Capstan.'])
})

test('a session that cannot be stopped is logged, and the exam still ends', async () => {
  const nodes = new Nodes()
  nodes.stop = () => Promise.reject(new Error('no answer'))
  const errors: string[] = []
  const one = service(nodes, { onError: (message) => errors.push(message) })
  const id = await one.start({ examId: EXAM, extraTime: 1 })
  await one.open(id, 0)
  const [sessionId] = nodes.open.values()
  await one.end(id)
  await graded(one, id)
  await expect.poll(() => errors).toEqual([`session ${sessionId} not removed`])
})
