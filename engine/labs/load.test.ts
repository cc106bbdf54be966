import { execFileSync } from 'node:child_process'
import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { BROKEN_LABS, problemOf, withBrokenLabs } from '../../test/broken-labs'
import { hashOfLabFolder } from '../lab-folders'
import { LAB, TASK, withLab } from './lab-folder.test-kit'
import { loadLab } from './load'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** The lab of a folder in which one piece of a good lab.yaml is another one. */
async function loadWith(piece: string, instead: string, files?: Readonly<Record<string, string | Buffer>>) {
  expect(LAB).toContain(piece)
  return await withLab(LAB.replace(piece, instead), loadLab, files)
}

test('each broken lab is refused with file, line and help, or is left to the linter', async () => {
  await withBrokenLabs(async (folderOf) => {
    for (const broken of BROKEN_LABS) {
      const { lab, problems } = await loadLab(folderOf(broken))
      const isRefused = broken.foundBy === 'loader'
      expect(problems, broken.name).toEqual(isRefused ? [problemOf(broken)] : [])
      expect(lab === null, broken.name).toBe(isRefused)
    }
  })
})

describe('a good lab', () => {
  test('has its defaults filled in', async () => {
    const { lab, problems, ...identity } = await withLab(LAB, loadLab)
    expect(problems).toEqual([])
    expect(identity).toMatchObject({ id: 'a-lab', domain: 'networking' })
    expect(lab).toMatchObject({
      id: 'a-lab',
      domain: 'networking',
      kind: 'lab',
      requires: [],
      images: [],
      files: [],
      setup: [],
      networks: [{ name: 'lab', internal: false }],
      nodes: [
        { name: 'node1', swarm: 'none', networks: ['lab'] },
        { name: 'node2', swarm: 'worker', networks: ['lab'] },
      ],
    })
    expect(lab?.steps[0]?.checks[0]).toMatchObject({ kind: 'file', on: 'node1', within: 5000, points: 1 })
  })

  test("takes a step's title from its text, and leaves it out of the text", async () => {
    const { lab } = await withLab(LAB, loadLab)
    expect(lab?.steps[0]).toMatchObject({ title: 'The first step', markdown: 'Do *something*.\n' })
  })

  test('calls a step without a heading by its id', async () => {
    const { lab } = await withLab(LAB, loadLab, { '1.md': 'Just do it.\n' })
    expect(lab?.steps[0]).toMatchObject({ title: 'one', markdown: 'Just do it.\n' })
  })

  test("keeps a node's own limits of memory and disk", async () => {
    const { lab } = await loadWith('node1: {}', 'node1: { memory: 512, disk: 1024 }')
    expect(lab?.nodes).toEqual([
      { name: 'node1', swarm: 'none', networks: ['lab'], memory: 512, disk: 1024 },
      { name: 'node2', swarm: 'worker', networks: ['lab'] },
    ])
  })

  test('may be a task', async () => {
    const { lab } = await withLab(TASK, loadLab)
    expect(lab).toMatchObject({ kind: 'task', title: 'A task' })
  })
})

describe('scripts', () => {
  const solution = async (text: string) =>
    (await loadWith('solution: one.sh', `solution: ${text}`, { 'two.sh': 'false\n' })).lab?.steps[0]?.solution

  test.each<[string, object[]]>([
    ['one.sh', [{ on: 'node1', file: 'one.sh', text: 'true\n' }]],
    ['{ node2: two.sh }', [{ on: 'node2', file: 'two.sh', text: 'false\n' }]],
    [
      '{ node1: one.sh, node2: two.sh }',
      [
        { on: 'node1', file: 'one.sh', text: 'true\n' },
        { on: 'node2', file: 'two.sh', text: 'false\n' },
      ],
    ],
    ['{ action: kill, node: node2 }', [{ on: 'node2', action: 'kill' }]],
    [
      '[one.sh, { node: node2, action: cut }, { node2: two.sh }]',
      [
        { on: 'node1', file: 'one.sh', text: 'true\n' },
        { on: 'node2', action: 'cut' },
        { on: 'node2', file: 'two.sh', text: 'false\n' },
      ],
    ],
  ])('%s', async (text, expected) => {
    expect(await solution(text)).toEqual(expected)
  })

  test.each([
    ['{ script: one.sh, explains: not there }', 'one.sh'],
    ['{ script: { action: stop, node: node1 } }', 'stop node1'],
    ['{ script: [{ node2: one.sh }, one.sh] }', 'one.sh'],
  ])('the mistake %s is named in reports', async (text, file) => {
    const { lab } = await loadWith('{ script: one.sh, explains: not there }', text)
    expect(lab?.steps[0]?.mistakes[0]?.file).toBe(file)
  })
})

test.each<[string, piece: string, instead: string, message: string, line: number]>([
  ['a missing hint', 'hints: [1.md]', 'hints: [1.md, 2.md]', 'The file "2.md" does not exist.', 11],
  [
    'a missing script',
    'solution: one.sh',
    'solution: { node2: no.sh }',
    'The file "no.sh" does not exist.',
    12,
  ],
  [
    'a missing script in a list',
    'solution: one.sh',
    'solution: [one.sh, no.sh]',
    'The file "no.sh" does not exist.',
    12,
  ],
  ['a missing mistake', 'script: one.sh', 'script: no.sh', 'The file "no.sh" does not exist.', 13],
  ['a missing set-up', 'steps:', 'setup: no.sh\nsteps:', 'The file "no.sh" does not exist.', 7],
  [
    'a script on an unknown node',
    'solution: one.sh',
    'solution: { node3: one.sh }',
    'There is no node called "node3".',
    12,
  ],
  [
    'an event of an unknown node',
    'solution: one.sh',
    'solution: { action: kill, node: node3 }',
    'There is no node called "node3".',
    12,
  ],
  [
    'a file of the lab that is missing',
    'steps:',
    'files: [{ from: app, to: /root/app }]\nsteps:',
    'The file "app" does not exist.',
    7,
  ],
  [
    'a file for an unknown node',
    'steps:',
    'files: [{ from: 1.md, to: /a, on: node3 }]\nsteps:',
    'There is no node called "node3".',
    7,
  ],
  [
    'an absolute path',
    'text: 1.md',
    'text: /etc/hostname',
    '"/etc/hostname" leads out of the lab\'s folder.',
    9,
  ],
])('%s is an error with its line', async (_name, piece, instead, message, line) => {
  const { lab, problems } = await loadWith(piece, instead)
  expect(lab).toBeNull()
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ file: 'lab.yaml', message, line, severity: 'error' })
  expect(problems[0]?.help).not.toBe('')
})

test('all problems are reported, not only the first', async () => {
  const { problems } = await loadWith(
    'hints: [1.md]\n    solution: one.sh',
    'hints: [a.md, b.md]\n    solution: c.sh',
  )
  expect(problems.map(({ message }) => message).sort()).toEqual([
    'The file "a.md" does not exist.',
    'The file "b.md" does not exist.',
    'The file "c.sh" does not exist.',
  ])
})

test('files of Windows are read as those of any other system', async () => {
  const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`
  const files = { '1.md': crlf('# The first step\n\nDo *something*.\n'), 'one.sh': crlf('true\n') }
  const { lab, problems } = await withLab(crlf(LAB), loadLab, files)
  expect(problems).toEqual([])
  expect(lab?.steps[0]).toMatchObject({
    title: 'The first step',
    markdown: 'Do *something*.\n',
    solution: [{ text: 'true\n' }],
  })
})

test.each<[string, instead: string, message: RegExp]>([
  ['a title of two lines', 'title: "A\\nlab"', /one line/],
  ['NUL in the name of a file', 'title: A lab\nsetup: "one\\0.sh"', /U\+0000/],
])('%s is refused', async (_what, instead, message) => {
  const { lab, problems } = await loadWith('title: A lab', instead)
  expect(lab).toBeNull()
  expect(problems[0]?.message).toMatch(message)
})

const withApp = (steps: string) => LAB.replace('steps:', `files: [{ from: app, to: /root/app }]\n${steps}:`)

describe('what no lab may hold is refused where lab.yaml names it', () => {
  test.each<[string, make: (folder: string) => Promise<unknown> | unknown, message: string, line: number]>([
    ['a link', (at) => symlink('1.md', join(at, 'two.md')), '"two.md" is a link.', 9],
    ['a broken link', (at) => symlink('nowhere', join(at, 'two.md')), '"two.md" is a link.', 9],
  ])('%s as a text', async (_what, make, message, line) => {
    const { lab, problems } = await withLab(LAB.replace('text: 1.md', 'text: two.md'), async (folder) => {
      await make(folder)
      return await loadLab(folder)
    })
    expect(lab).toBeNull()
    expect(problems).toMatchObject([{ file: 'lab.yaml', line, message }])
  })

  test('a file behind a link to a folder', async () => {
    const { problems } = await withLab(LAB.replace('text: 1.md', 'text: etc/hostname'), async (folder) => {
      await symlink('/etc', join(folder, 'etc'))
      return await loadLab(folder)
    })
    expect(problems).toMatchObject([{ line: 9, message: '"etc" is a link.' }])
  })

  test('links among the files for a node', async () => {
    const { lab, problems } = await withLab(
      withApp('steps'),
      async (folder) => {
        await symlink('../../../..', join(folder, 'app/assets'))
        await symlink('/root/.ssh/id_ed25519', join(folder, 'app/config'))
        return await loadLab(folder)
      },
      { 'app/run.sh': 'true' },
    )
    expect(lab).toBeNull()
    expect(problems).toMatchObject([
      { file: 'lab.yaml', line: 7, message: '"app/assets" is a link.' },
      { file: 'lab.yaml', line: 7, message: '"app/config" is a link.' },
    ])
  })
})

test('lab.yaml is never read through a pipe or a link', async () => {
  for (const make of [
    (at: string) => execFileSync('mkfifo', [at]),
    (at: string) => symlink('/dev/zero', at),
  ]) {
    const { problems } = await withLab(LAB, async (folder) => {
      await rm(join(folder, 'lab.yaml'))
      await make(join(folder, 'lab.yaml'))
      return await loadLab(folder)
    })
    expect(problems).toMatchObject([
      { file: 'lab.yaml', line: 1, message: expect.stringMatching(/is a (pipe|link)/) },
    ])
  }
})

test('files for nodes carry the hash of what was read, and the lab that of its folder', async () => {
  const { lab, hashes } = await withLab(
    withApp('steps'),
    async (folder) => ({
      lab: (await loadLab(folder)).lab,
      hashes: [await hashOfLabFolder(folder), await hashOfLabFolder(join(folder, 'app'))],
    }),
    { 'app/run.sh': 'true' },
  )
  expect([lab?.hash, lab?.files[0]?.hash]).toEqual(hashes)
})

test('a folder without lab.yaml is an error at the first line', async () => {
  const { lab, problems } = await loadLab(at('test/fixtures/labs/broken/nowhere'))
  expect(lab).toBeNull()
  expect(problems).toEqual([
    {
      file: 'lab.yaml',
      line: 1,
      column: 1,
      message: 'The file "lab.yaml" does not exist.',
      help: 'Create it in nowhere/, or take it out of lab.yaml.',
      severity: 'error',
    },
  ])
})
