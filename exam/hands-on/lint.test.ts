import { expect, test } from 'vitest'
import type { Blueprint } from '../blueprint'
import { lintHandsOn, type TaskInfo } from './lint'
import { parseHandsOn } from './parse'

const FILE = 'hands-on/try.yaml'
const blueprint: Blueprint = {
  exam: { items: 1, minutes: 1, delivery: { classic: 1, domc: 0 }, passMark: 65, source: '' },
  domains: [
    { id: 'orchestration', prefix: 'ORC', title: 'Orchestration', weight: 50 },
    { id: 'images', prefix: 'IMG', title: 'Images', weight: 30 },
    { id: 'storage', prefix: 'STO', title: 'Storage', weight: 20 },
  ],
  objectives: ['ORC-01', 'IMG-01', 'STO-01'].map((id) => ({ id, title: id, source: '', hands: true })),
}
const tasks: TaskInfo[] = [
  { id: 'swarm', objectives: ['ORC-01'], minutes: 5 },
  { id: 'build', objectives: ['IMG-01'], minutes: 5 },
  { id: 'keep', objectives: ['STO-01'], minutes: 5 },
]
function text(list: string, rest: Record<string, string | number> = {}): string {
  const keys = { title: 'A try', summary: 'For the test.', minutes: 20, passMark: 65, ...rest }
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${value}`)
  return `${lines.join('\n')}\ntasks:\n${list}`
}
const ALL = '  - { task: swarm }\n  - { task: build }\n  - { task: keep }\n'
const lint = (list: string, known: readonly TaskInfo[] = tasks) =>
  lintHandsOn([{ file: FILE, text: text(list) }], { tasks: known, blueprint })

test.each<[string, string, number, 'error' | 'warning', RegExp]>([
  [
    'two domains only',
    '  - { task: swarm }\n  - { task: build }\n',
    5,
    'error',
    /^The tasks are of 2 domains only\.$/,
  ],
  [
    'a heavy domain',
    ALL.replace('swarm }', 'swarm, weight: 9 }'),
    5,
    'warning',
    /^More than half of the exam is orch/,
  ],
  ['an unknown task', `${ALL}  - { task: fly }\n`, 9, 'error', /^There is no task "fly"\.$/],
])('%s is reported at its line', (_what, list, line, severity, message) => {
  const problem = lint(list).find((one) => message.test(one.message))
  expect(problem ?? lint(list)).toMatchObject({ file: FILE, line, severity })
})

test('a task that names an objective that is not there is reported', () => {
  const known = tasks.map((task) =>
    task.id === 'keep' ? { ...task, objectives: ['STO-01', 'STO-99'] } : task,
  )
  expect(lint(ALL, known).map(({ message }) => message)).toEqual([
    '"keep" names STO-99, which is no objective.',
  ])
})

test('half of the exam for one domain is fine', () => {
  expect(lint(ALL.replace('swarm }', 'swarm, weight: 2 }'))).toEqual([])
})

test('domains are covered by all exams together, and no exams at all are no problem', () => {
  const half = '  - { task: swarm }\n  - { task: build }\n'
  const files = [
    { file: FILE, text: text(half) },
    { file: 'hands-on/two.yaml', text: text('  - { task: keep }\n') },
  ]
  const warnings = lintHandsOn(files, { tasks, blueprint }).map(({ message }) => message)
  expect(warnings.filter((message) => message.startsWith('No hands-on exam'))).toEqual([])
  expect(lintHandsOn([], { tasks, blueprint })).toEqual([])
})

test('an exam that cannot be read does not hide the problems of the others', () => {
  const files = [
    { file: 'hands-on/broken.yaml', text: 'title: "\n' },
    { file: FILE, text: text('  - { task: swarm }\n') },
  ]
  const problems = lintHandsOn(files, { tasks, blueprint })
  expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['hands-on/broken.yaml', FILE]))
})

test.each<[string, string, number]>([
  ['no tasks', text('', {}).replace('tasks:\n', 'tasks: []\n'), 5],
  ['a pass mark of nothing', text(ALL, { passMark: 0 }), 4],
  ['too many minutes', text(ALL, { minutes: 500 }), 3],
  ['a title that is too short', text(ALL, { title: 'A' }), 1],
  ['a weight of nothing', text(ALL.replace('swarm }', 'swarm, weight: 0 }')), 6],
  ['a misspelt key of a task', text(ALL.replace('task: swarm', 'taks: swarm')), 6],
])('%s: there is no exam, and the problem has its line', (_what, broken, line) => {
  const { exam, problems } = parseHandsOn(broken, FILE)
  expect(exam).toBeNull()
  expect(problems[0]).toMatchObject({ file: FILE, line, severity: 'error' })
})

test('a task twice is an error of the format at its line, and the linter tells it once', () => {
  const twice = text(`${ALL}  - { task: build }\n  - { task: keep, weight: 2 }\n  - { task: build }\n`)
  const { exam, problems } = parseHandsOn(twice, FILE)
  expect(exam).toBeNull()
  expect(problems).toMatchObject([
    { file: FILE, line: 9, message: 'The task "build" is here twice.', severity: 'error' },
    { file: FILE, line: 10, message: 'The task "keep" is here twice.', severity: 'error' },
    { file: FILE, line: 11, message: 'The task "build" is here twice.', severity: 'error' },
  ])
  for (const { help } of problems) expect(help).toBe('Take one of them out.')
  const errors = lintHandsOn([{ file: FILE, text: twice }], { tasks, blueprint })
  expect(errors.filter(({ severity }) => severity === 'error')).toEqual(problems)
})

test('the name of an exam is that of its file, in any folder', () => {
  expect(parseHandsOn(text(ALL), 'harbour.yml').exam?.id).toBe('harbour')
  expect(parseHandsOn(text(ALL), 'a/b/harbour.yaml').exam?.id).toBe('harbour')
})
