import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { BROKEN_LABS, problemOf, withBrokenLabs } from '../../test/broken-labs'
import { courseImageNames, packagedVersions } from '../images'
import { LAB, TASK, withLab } from './lab-folder.test-kit'
import { type Known, lintCatalogue, lintLab } from './lint'

const known: Known = {
  images: courseImageNames(),
  capabilities: ['ipvs', 'vxlan', 'esp', 'macvlan', 'ipvlan', 'nf_tables', 'nfs', 'userns'],
  engines: packagedVersions(),
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

test('each broken lab gets one problem with file, line and help', async () => {
  await withBrokenLabs(async (folderOf) => {
    for (const broken of BROKEN_LABS) {
      const { lab, problems } = await lintLab(folderOf(broken), known)
      expect(problems, broken.name).toEqual([problemOf(broken)])
      expect(lab, broken.name).toBeNull()
    }
  })
})

interface Rule {
  readonly name: string
  readonly piece: string
  readonly instead: string
  readonly message: string
  readonly line: number
}

const rules: readonly Rule[] = [
  {
    name: 'no objective',
    piece: 'objectives: [NET-05]\n',
    instead: '',
    message: 'The lab names no objective.',
    line: 1,
  },
  {
    name: 'no hints',
    piece: '    hints: [1.md]\n',
    instead: '',
    message: 'The step "one" has no hints.',
    line: 8,
  },
  {
    name: 'no mistakes',
    piece: '    mistakes: [{ script: one.sh, explains: not there }]\n',
    instead: '',
    message: 'The step "one" lists no mistake.',
    line: 8,
  },
  {
    name: 'a mistake without its explanation',
    piece: ', explains: not there',
    instead: '',
    message: 'This mistake does not say which explanation the student must get.',
    line: 13,
  },
]

test.each(rules.map((rule) => [rule.name, rule] as const))(
  'a lab with %s gets one warning at its line, and can be used',
  async (_name, { piece, instead, message, line }) => {
    expect(LAB).toContain(piece)
    const { lab, problems } = await lint(LAB.replace(piece, instead))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file: 'lab.yaml', message, line, severity: 'warning' })
    expect(problems[0]?.help).not.toBe('')
    expect(lab).not.toBeNull()
  },
)

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

test('an engine that only a registry has is a warning that names those that are always there', async () => {
  const { lab, problems } = await lint(LAB.replace('nodes:', 'engine: "27.3"\nnodes:'))
  expect(lab?.engine).toBe('27.3')
  expect(problems).toEqual([
    expect.objectContaining({
      severity: 'warning',
      message: expect.stringContaining('Docker 27.3'),
      help: expect.stringContaining('20.10, 26.1, 28.5'),
    }),
  ])
})

test('code for a node that the lab does not have is an error at its fence', async () => {
  const text = '# The first step\n\n```sh node=node9\ndocker ps\n```\n'
  const { lab, problems } = await withLab(LAB, (folder) => lintLab(folder, known), { '1.md': text })
  expect(lab).toBeNull()
  expect(problems).toContainEqual(
    expect.objectContaining({ file: '1.md', line: 3, message: 'There is no node called "node9".' }),
  )
})
