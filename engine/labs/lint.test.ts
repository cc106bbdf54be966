import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { courseImageNames } from '../images'
import { LAB, TASK, withLab } from './lab-folder.test-kit'
import { type Known, lintCatalogue, lintLab } from './lint'

const known: Known = {
  images: courseImageNames(),
  capabilities: ['ipvs', 'vxlan', 'esp', 'macvlan', 'ipvlan', 'userns'],
}
const lint = async (yaml: string) => await withLab(yaml, (folder) => lintLab(folder, known))

test('every lab of the catalogue is free of errors and warnings', async () => {
  const labs = await lintCatalogue(fileURLToPath(new URL('../../labs', import.meta.url)), known)
  expect(labs.length).toBeGreaterThanOrEqual(5)
  expect(labs.flatMap(({ problems }) => problems)).toEqual([])
}, 30_000)

test.each([
  ['lab', LAB],
  ['task', TASK],
])('a good %s has no problems', async (kind, yaml) => {
  const { lab, problems } = await lint(yaml)
  expect(problems).toEqual([])
  expect(lab?.kind).toBe(kind)
})

interface Rule {
  readonly name: string
  readonly yaml: string
  readonly piece: string
  readonly instead: string
  readonly message: string
  readonly line: number
  readonly severity: 'error' | 'warning'
}

const CHECK = 'checks: [{ name: It is there, file: /root/a, expect: b }]'
const rules: readonly Rule[] = [
  {
    name: 'an image that nodes cannot pull',
    yaml: LAB,
    piece: 'steps:',
    instead: 'images: [busybox:latest, no-such-image]\nsteps:',
    message: 'There is no image "no-such-image" for nodes.',
    line: 7,
    severity: 'error',
  },
  {
    name: 'a capability that engines do not have',
    yaml: LAB,
    piece: 'steps:',
    instead: 'requires: [vxlan, teleport]\nsteps:',
    message: '"teleport" is not a capability.',
    line: 7,
    severity: 'error',
  },
  {
    name: 'no objective',
    yaml: LAB,
    piece: 'objectives: [NET-05]\n',
    instead: '',
    message: 'The lab names no objective.',
    line: 1,
    severity: 'warning',
  },
  {
    name: 'no hints',
    yaml: LAB,
    piece: '    hints: [1.md]\n',
    instead: '',
    message: 'The step "one" has no hints.',
    line: 8,
    severity: 'warning',
  },
  {
    name: 'no solution',
    yaml: LAB,
    piece: '    solution: one.sh\n',
    instead: '',
    message: 'The step "one" has no solution.',
    line: 8,
    severity: 'error',
  },
  {
    name: 'no mistakes',
    yaml: LAB,
    piece: '    mistakes: [{ script: one.sh, explains: not there }]\n',
    instead: '',
    message: 'The step "one" lists no mistake.',
    line: 8,
    severity: 'warning',
  },
  {
    name: 'a mistake without its explanation',
    yaml: LAB,
    piece: ', explains: not there',
    instead: '',
    message: 'This mistake does not say which explanation the student must get.',
    line: 13,
    severity: 'warning',
  },
  {
    name: 'guards only',
    yaml: LAB,
    piece: 'expect: b }',
    instead: 'expect: b, guard: true }',
    message: 'The step "one" has guards only.',
    line: 8,
    severity: 'error',
  },
  {
    name: 'two checks of one name',
    yaml: LAB,
    piece: CHECK,
    instead:
      'checks:\n      - { name: Same, file: /a, expect: b }\n      - { name: Same, file: /b, expect: b }',
    message: 'Two checks are called "Same".',
    line: 12,
    severity: 'error',
  },
  {
    name: 'a pattern that does not compile',
    yaml: LAB,
    piece: 'expect: b }',
    instead: 'expect: { content: "/(/" } }',
    message: 'The pattern /(/ does not compile: missing closing ): `(`.',
    line: 10,
    severity: 'error',
  },
  {
    name: 'a placeholder that nothing fills in',
    yaml: LAB,
    piece: 'expect: b }',
    instead: 'expect: b, explain: "{what} is wrong" }',
    message: '"{what}" is no placeholder.',
    line: 10,
    severity: 'error',
  },
  {
    name: 'a second step',
    yaml: TASK,
    piece: 'steps:\n',
    instead: `steps:\n${TASK.slice(TASK.indexOf('  - id: one')).replace('id: one', 'id: zero')}`,
    message: 'A task has one step.',
    line: 14,
    severity: 'error',
  },
  {
    name: 'hints',
    yaml: TASK,
    piece: '    solution',
    instead: '    hints: [1.md]\n    solution',
    message: 'A task gives no hints.',
    line: 12,
    severity: 'error',
  },
  {
    name: 'no objective',
    yaml: TASK,
    piece: 'objectives: [NET-05]\n',
    instead: '',
    message: 'The task names no objective.',
    line: 2,
    severity: 'error',
  },
]

test.each(rules.map((rule) => [rule.yaml === TASK ? 'task' : 'lab', rule.name, rule] as const))(
  'a %s with %s gets one problem at its line',
  async (_kind, _name, { yaml, piece, instead, message, line, severity }) => {
    expect(yaml).toContain(piece)
    const { lab, problems } = await lint(yaml.replace(piece, instead))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file: 'lab.yaml', message, line, severity })
    expect(problems[0]?.help).not.toBe('')
    // A lab with warnings can be used; a lab with errors cannot.
    expect(lab === null).toBe(severity === 'error')
  },
)

test('a selection that is not JMESPath is an error where it is written', async () => {
  const check =
    'checks:\n      - name: It is there\n        query: { api: /info, select: a..b }\n        expect: b'
  const { problems } = await lint(LAB.replace(CHECK, check))
  expect(problems[0]).toMatchObject({ line: 12, severity: 'error', help: 'See jmespath.org for the syntax.' })
  expect(problems[0]?.message).toMatch(/^This is not JMESPath: /)
})

test('a lab that cannot be loaded is not linted further', async () => {
  const { lab, problems } = await lint(
    LAB.replace('hints: [1.md]', 'hints: [2.md]').replace('objectives: [NET-05]\n', ''),
  )
  expect(lab).toBeNull()
  expect(problems.map(({ message }) => message)).toEqual(['The file "2.md" does not exist.'])
})

test('all problems are reported, in the order of the file', async () => {
  const yaml = LAB.replace('steps:', 'images: [no-such-image]\nsteps:').replace('    solution: one.sh\n', '')
  const { problems } = await lint(yaml.replace('expect: b }', 'expect: "/(/" }'))
  expect(problems.map(({ line }) => line)).toEqual([7, 9, 11])
})
