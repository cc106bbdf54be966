import fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemText } from '../../shared/files'
import type { Blueprint } from '../blueprint'
import {
  applyHandsOn,
  awaitingGrade,
  foldHandsOn,
  isGraded,
  lintHandsOn,
  parseHandsOn,
  scoreHandsOn,
} from '.'
import type { HandsOnEvent, HandsOnTask, TaskGrade } from './events'
import { scoreTask } from './score'

const DOMAINS = ['orchestration', 'images', 'storage'] as const
const blueprint: Blueprint = {
  exam: { items: 1, minutes: 1, delivery: { classic: 1, domc: 0 }, passMark: 65, source: '' },
  domains: [
    { id: 'orchestration', prefix: 'ORC', title: 'Orchestration', weight: 50 },
    { id: 'images', prefix: 'IMG', title: 'Images', weight: 30 },
    { id: 'storage', prefix: 'STO', title: 'Storage', weight: 20 },
  ],
  objectives: ['ORC-01', 'IMG-01', 'STO-01'].map((id) => ({ id, title: id, source: '', hands: true })),
}

const task = (part: Partial<HandsOnTask> = {}): HandsOnTask => ({
  id: 'one',
  title: 'One',
  domain: 'images',
  objectives: ['IMG-01'],
  weight: 1,
  checks: [
    { name: 'a', node: 'node1', guard: false, points: 3 },
    { name: 'b', node: 'node1', guard: false, points: 1 },
    { name: 'kept', node: 'node1', guard: true, points: 2 },
  ],
  ...part,
})
const grade = (...green: string[]): TaskGrade =>
  ['a', 'b', 'kept'].map((name) => ({
    name,
    expected: '',
    found: '',
    explanation: '',
    green: green.includes(name),
  }))
const began = (tasks: HandsOnTask[]): HandsOnEvent => ({
  kind: 'began',
  at: 0,
  attemptId: 'x',
  limit: 60_000,
  form: { examId: 'e', title: 'E', minutes: 1, passMark: 65, tasks },
})

test('a task gives the points of its green checks; a guard gives none, and a broken one takes its own', () => {
  const { checks } = task()
  expect(scoreTask(checks, null)).toEqual({ points: 0, of: 4 })
  expect(scoreTask(checks, grade('kept'))).toEqual({ points: 0, of: 4 })
  expect(scoreTask(checks, grade('a', 'kept'))).toEqual({ points: 3, of: 4 })
  expect(scoreTask(checks, grade('a', 'b'))).toEqual({ points: 2, of: 4 })
  expect(scoreTask(checks, grade('b'))).toEqual({ points: 0, of: 4 })
})

test('the exam is the weighted mean of its tasks, and so is each domain', () => {
  const tasks = [
    task({ id: 'one', weight: 3 }),
    task({ id: 'two', weight: 1 }),
    task({ id: 'three', domain: 'storage', weight: 4 }),
  ]
  const attempt = foldHandsOn([
    began(tasks),
    ...[0, 1, 2].map((at): HandsOnEvent => ({ kind: 'opened', at: 1, task: at })),
    { kind: 'ended', at: 2, by: 'candidate' },
    { kind: 'graded', at: 2, task: 0, checks: grade('a', 'b', 'kept') },
    { kind: 'graded', at: 2, task: 1, checks: grade('kept') },
    { kind: 'graded', at: 2, task: 2, checks: grade('a', 'kept') },
  ])
  const result = scoreHandsOn(attempt, blueprint)
  expect(result.percent).toBeCloseTo((3 * 100 + 0 + 4 * 75) / 8)
  expect(result.passed).toBe(true)
  expect(result.domains).toEqual([
    { id: 'images', title: 'Images', percent: 75, share: 50, passed: true },
    { id: 'storage', title: 'Storage', percent: 75, share: 50, passed: true },
  ])
  expect(result.tasks.map(({ passed, share }) => [passed, share])).toEqual([
    [true, 37.5],
    [false, 12.5],
    [true, 50],
  ])
})

test('a task that was never opened counts zero, and is not waited for', () => {
  const attempt = foldHandsOn([
    began([task(), task({ id: 'two' })]),
    { kind: 'opened', at: 1, task: 0 },
    { kind: 'ended', at: 2, by: 'candidate' },
  ])
  expect(awaitingGrade(attempt)).toEqual([0])
  expect(isGraded(attempt)).toBe(false)
  const graded = applyHandsOn(attempt, { kind: 'graded', at: 2, task: 0, checks: grade('a', 'b', 'kept') })
  expect(isGraded(graded)).toBe(true)
  const result = scoreHandsOn(graded, blueprint)
  expect(result.percent).toBe(50)
  expect(result.tasks[1]?.checks[0]).toMatchObject({
    green: false,
    explanation: 'You did not open this task.',
  })
})

test('what is handed in stays so: no work on it, no second grade, and no grade before', () => {
  const open = foldHandsOn([began([task(), task({ id: 'two' })]), { kind: 'opened', at: 1, task: 0 }])
  const early = applyHandsOn(open, { kind: 'graded', at: 1, task: 0, checks: grade('a') })
  expect(early.tasks[0]?.grade).toBeNull()
  const notOpened = applyHandsOn(open, { kind: 'handed-in', at: 2, task: 1 })
  expect(notOpened.tasks[1]?.state).toBe('new')
  const once = [
    { kind: 'handed-in', at: 2, task: 0 } as const,
    { kind: 'graded', at: 3, task: 0, checks: grade('a') } as const,
  ].reduce(applyHandsOn, open)
  const again = [
    { kind: 'opened', at: 4, task: 0 } as const,
    { kind: 'graded', at: 5, task: 0, checks: grade('a', 'b', 'kept') } as const,
  ].reduce(applyHandsOn, once)
  expect(again.tasks[0]).toEqual(once.tasks[0])
})

test('the time up is the whole limit, and nothing but grades comes after the end', () => {
  const ended = foldHandsOn([
    began([task()]),
    { kind: 'opened', at: 10, task: 0 },
    { kind: 'ended', at: 60_000, by: 'time' },
  ])
  expect(ended.elapsed).toBe(60_000)
  expect(applyHandsOn(ended, { kind: 'opened', at: 70_000, task: 0 })).toBe(ended)
  expect(applyHandsOn(ended, { kind: 'ended', at: 70_000, by: 'candidate' })).toBe(ended)
})

test('a journal without a beginning, or of a task that is not there, is no journal', () => {
  expect(() => foldHandsOn([])).toThrow(expect.objectContaining({ code: 'store-corrupt' }))
  expect(() => foldHandsOn([began([task()]), { kind: 'opened', at: 1, task: 1 }])).toThrow(
    expect.objectContaining({ code: 'bad-input', message: 'The exam has no task 1.' }),
  )
})

const anyTask = fc.record({
  id: fc.uuid(),
  title: fc.constant('T'),
  domain: fc.constantFrom(...DOMAINS),
  objectives: fc.array(fc.constant('IMG-01'), { maxLength: 1 }),
  weight: fc.integer({ min: 1, max: 20 }),
  checks: fc
    .array(fc.record({ guard: fc.boolean(), points: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((checks) =>
      // At least one check asks for something, as the linter wants it.
      checks.map((check, index) => ({
        ...check,
        name: `c${index}`,
        node: 'n',
        guard: index > 0 && check.guard,
      })),
    ),
})
const gradeOf = (one: HandsOnTask, greens: readonly boolean[]): TaskGrade =>
  one.checks.map(({ name }, index) => ({
    name,
    expected: '',
    found: '',
    explanation: '',
    green: greens[index] ?? false,
  }))

function sat(tasks: HandsOnTask[], greens: readonly (readonly boolean[])[]) {
  return foldHandsOn([
    began(tasks),
    ...tasks.map((_one, index): HandsOnEvent => ({ kind: 'opened', at: 1, task: index })),
    { kind: 'ended', at: 2, by: 'candidate' },
    ...tasks.map(
      (one, index): HandsOnEvent => ({
        kind: 'graded',
        at: 2,
        task: index,
        checks: gradeOf(one, greens[index] ?? []),
      }),
    ),
  ])
}
const anySitting = fc
  .array(anyTask, { minLength: 1, maxLength: 5 })
  .chain((tasks) =>
    fc.tuple(
      fc.constant(tasks),
      fc.tuple(
        ...tasks.map((one) =>
          fc.array(fc.boolean(), { minLength: one.checks.length, maxLength: one.checks.length }),
        ),
      ),
    ),
  )

test('whatever was found: a result is between 0 and 100, all green is 100, and nothing done is 0', () => {
  fc.assert(
    fc.property(anySitting, ([tasks, greens]) => {
      const { percent, tasks: results, domains } = scoreHandsOn(sat(tasks, greens), blueprint)
      for (const share of [
        percent,
        ...results.map((one) => one.percent),
        ...domains.map((one) => one.percent),
      ]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(100 + 1e-9)
      }
      expect(results.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100)
      const all = scoreHandsOn(
        sat(
          tasks,
          tasks.map(({ checks }) => checks.map(() => true)),
        ),
        blueprint,
      )
      expect(all.percent).toBeCloseTo(100)
      expect(all.passed).toBe(true)
      const untouched = tasks.map(({ checks }) => checks.map(({ guard }) => guard))
      expect(scoreHandsOn(sat(tasks, untouched), blueprint).percent).toBe(0)
    }),
  )
})

test('one more green check never lowers the result, and weights count only beside each other', () => {
  fc.assert(
    fc.property(anySitting, fc.nat(4), fc.nat(7), ([tasks, greens], at, check) => {
      const before = scoreHandsOn(sat(tasks, greens), blueprint).percent
      const more = greens.map((one, index) =>
        one.map((green, place) => green || (index === at && place === check)),
      )
      expect(scoreHandsOn(sat(tasks, more), blueprint).percent).toBeGreaterThanOrEqual(before - 1e-9)
      const heavier = tasks.map((one) => ({ ...one, weight: one.weight * 7 }))
      expect(scoreHandsOn(sat(heavier, greens), blueprint).percent).toBeCloseTo(before)
    }),
  )
})

const anyEvent = fc.oneof(
  fc.record({ kind: fc.constant('opened' as const), at: fc.nat(70_000), task: fc.nat(1) }),
  fc.record({ kind: fc.constant('handed-in' as const), at: fc.nat(70_000), task: fc.nat(1) }),
  fc.record({
    kind: fc.constant('graded' as const),
    at: fc.nat(70_000),
    task: fc.nat(1),
    checks: fc.constant(grade('a')),
  }),
  fc.record({
    kind: fc.constant('ended' as const),
    at: fc.nat(70_000),
    by: fc.constant('candidate' as const),
  }),
)

test('whatever happens: a journal cut anywhere and gone on with folds to the same, and its laws hold', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 25 }), fc.nat(25), (events, cut) => {
      const whole = [began([task(), task({ id: 'two' })]), ...events]
      const resumed = whole.slice(cut + 1).reduce(applyHandsOn, foldHandsOn(whole.slice(0, cut + 1)))
      expect(resumed).toEqual(foldHandsOn(whole))
      expect(resumed.elapsed).toBeLessThanOrEqual(60_000)
      for (const { state, grade: found } of resumed.tasks) if (found) expect(state).toBe('handed-in')
      if (resumed.endedBy) expect(resumed.tasks.some(({ state }) => state === 'open')).toBe(false)
    }),
  )
})

const FILE = 'hands-on/try.yaml'
const tasks = [
  { id: 'swarm', objectives: ['ORC-01'], minutes: 5 },
  { id: 'build', objectives: ['IMG-01'], minutes: 5 },
  { id: 'keep', objectives: ['STO-01'], minutes: 5 },
]
const text = (list: string, minutes = 20) =>
  `title: A try\nsummary: For the test.\nminutes: ${minutes}\npassMark: 65\ntasks:\n${list}`

test('a good exam has no problems, and its name is that of its file', () => {
  const good = text('  - { task: swarm, weight: 2 }\n  - { task: build }\n  - { task: keep }\n')
  expect(parseHandsOn(good, FILE).exam).toMatchObject({
    id: 'try',
    tasks: [{ weight: 2 }, { weight: 1 }, {}],
  })
  expect(lintHandsOn([{ file: FILE, text: good }], { tasks, blueprint })).toEqual([])
})

test.each([
  ['an unknown key', `${text('  - { task: swarm }\n')}marks: 3\n`, 7, 'The key "marks" is not known here.'],
  [
    'a task that is not there',
    text('  - { task: swarm }\n  - { task: biuld }\n'),
    7,
    'There is no task "biuld".',
  ],
  ['a task twice', text('  - { task: swarm }\n  - { task: swarm }\n'), 7, 'is here twice'],
  ['one domain only', text('  - { task: swarm }\n'), 5, 'The tasks are of one domain only.'],
  [
    'too little time',
    text('  - { task: swarm }\n  - { task: build }\n  - { task: keep }\n', 5),
    3,
    'The tasks take 15 minutes',
  ],
])('%s: the problem names file, line and help', (_name, broken, line, words) => {
  const problems = lintHandsOn([{ file: FILE, text: broken }], { tasks, blueprint })
  const problem = problems.find(({ message }) => message.includes(words))
  expect(problem).toMatchObject({ file: FILE, line })
  expect(problem?.help).not.toBe('')
  expect(problemText(problem ?? expect.fail())).toMatch(/^hands-on\/try\.yaml:\d+:\d+ /)
})

test('domains that no exam asks about are reported', () => {
  const [problem] = lintHandsOn([{ file: FILE, text: text('  - { task: swarm }\n  - { task: build }\n') }], {
    tasks,
    blueprint,
  }).filter(({ severity }) => severity === 'warning')
  expect(problem?.message).toBe('No hands-on exam asks about Storage.')
})
