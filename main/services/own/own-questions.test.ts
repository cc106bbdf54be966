import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { everyItem } from '../../../exam'
import { problemText } from '../../../shared/files'
import { OwnQuestions } from '.'

let folder: string
let own: OwnQuestions

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-own-'))
  own = new OwnQuestions({
    folder: () => folder,
    isTaken: (name) => name === 'house-item',
    domainOf: (objective) => (objective.startsWith('NET') ? 'networking' : ''),
  })
})
afterEach(async () => await rm(folder, { recursive: true, force: true }))

function entry(id: string, more = ''): string {
  return `- id: ${id}
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: "What is ${id}?"
  options: [{ text: a, right: true }, { text: b }]
  explanation: It is a.
  source: mine
${more}`
}
const TEMPLATE = `- template: many-ports
  parameters: { port: [80, 81] }
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: "Is {port} it?"
  options: [{ text: "{port}", right: true }, { text: no }]
  explanation: It is.
  source: mine
`

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), text)
}
const ids = async () => everyItem((await own.read()).bank).map(({ id }) => id)
const problems = async () => (await own.read()).bank.problems.map(problemText)

test('files in folders are read, with their domains by their objectives', async () => {
  await put('one.yaml', entry('first-one'))
  await put('week-1/two.yml', entry('second-one', '  tags: [chapter-3]\n') + TEMPLATE)
  await put('pictures/no.yaml', entry('no-question'))
  await put('.git/no.yaml', entry('no-question'))
  await put('notes.txt', 'nothing')
  const { bank, files } = await own.read()
  expect(bank.problems).toEqual([])
  expect(files).toEqual([
    { file: 'one.yaml', items: 1 },
    { file: 'week-1/two.yml', items: 2 },
  ])
  expect(
    everyItem(bank)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['first-one', 'many-ports.80', 'many-ports.81', 'second-one'])
  expect(own.item('second-one')).toMatchObject({ domain: 'networking', tags: ['chapter-3'] })
})

test('a picture that is not there is told with the line of its question, until it comes', async () => {
  const shows = (path: string) => `  explanation: "![net](${path})"\n`
  const pictured = (id: string, path: string) => entry(id).replace(/ {2}explanation.*\n/, shows(path))
  await put('week-1/one.yaml', entry('first-one') + pictured('second-one', 'pictures/net.png'))
  await put('pictures/net.png', 'of another folder')
  expect(await ids()).toEqual(['first-one', 'second-one'])
  expect(await problems()).toEqual([
    `week-1/one.yaml:9:1 The picture pictures/net.png is not there. Put it into ${join(folder, 'week-1/pictures')}, or take it out of the text.`,
  ])
  await put('week-1/pictures/net.png', 'here')
  expect(await problems()).toEqual([])
})

test('a folder that is not there is empty, and no problem', async () => {
  await rm(folder, { recursive: true })
  expect(await own.read()).toMatchObject({ files: [], bank: { problems: [] } })
})

test('a file that changes, comes or goes is seen at the next look', async () => {
  await put('one.yaml', entry('first-one'))
  expect(await ids()).toEqual(['first-one'])
  await put('one.yaml', entry('another-one'))
  await put('two.yaml', entry('second-one'))
  expect(await ids()).toEqual(['another-one', 'second-one'])
  await rm(join(folder, 'one.yaml'))
  expect(await ids()).toEqual(['second-one'])
  expect(own.item('another-one')).toBeUndefined()
})

test('another folder is read when it is chosen', async () => {
  await put('one.yaml', entry('first-one'))
  await ids()
  const before = folder
  folder = await mkdtemp(join(tmpdir(), 'capstan-own-'))
  await put('one.yaml', entry('elsewhere'))
  expect(await ids()).toEqual(['elsewhere'])
  await rm(before, { recursive: true })
})

test('a broken item is told with its line, and hides no other', async () => {
  await put('one.yaml', `${entry('first-one')}- id: broken\n  stem: x\n${entry('last-one')}`)
  expect(await ids()).toEqual(['first-one', 'last-one'])
  expect((await problems())[0]).toMatch(/^one\.yaml:9:\d+ /)
})

test('an id of the house, or one that is there twice, is told with its line and left out', async () => {
  await put('one.yaml', entry('first-one') + entry('house-item'))
  await put('two.yaml', entry('first-one'))
  expect(await ids()).toEqual(['first-one'])
  expect(await problems()).toEqual([
    'one.yaml:9:1 Capstan\'s own bank has a question called "house-item". Give yours another id.',
    'two.yaml:1:1 A question called "first-one" is in one.yaml:1 already. Give one of them another id.',
  ])
})

test('what is too large, too deep or no file stops nothing', async () => {
  await put('good.yaml', entry('first-one'))
  await put('a/b/c/d/e/deep.yaml', entry('too-deep'))
  await put('bomb.yaml', '['.repeat(500_000))
  await put('huge.yaml', '')
  await truncate(join(folder, 'huge.yaml'), 3 * 1024 * 1024)
  await symlink('/etc/passwd', join(folder, 'link.yaml'))
  await put('no-list.yaml', 'a: 1\n')
  expect(await ids()).toEqual(['first-one'])
  const told = await problems()
  for (const file of ['a/b/c/d/e', 'bomb.yaml', 'huge.yaml', 'no-list.yaml'])
    expect(
      told.filter((text) => text.startsWith(`${file}:1:`)),
      file,
    ).toHaveLength(1)
})

test('a folder with too many files, or too many bytes, is read as far as the limit', async () => {
  for (let at = 0; at < 503; at++)
    await put(`q${String(at).padStart(3, '0')}.yaml`, at < 2 ? entry(`item-${at}`) : '')
  expect(await ids()).toEqual(['item-0', 'item-1'])
  expect(await problems()).toContainEqual(expect.stringContaining('has more than 500 files of questions.'))
  await rename(join(folder, 'q000.yaml'), join(folder, 'a.yaml'))
  await put('b.yaml', '')
  await truncate(join(folder, 'b.yaml'), 2 ** 40)
  expect(await ids()).toEqual(['item-0'])
  expect(await problems()).toEqual([expect.stringContaining('has more than 50 MB of questions.')])
})

test('two looks at the same time are one', async () => {
  await put('one.yaml', entry('first-one'))
  const [a, b] = await Promise.all([own.read(), own.read()])
  expect(a).toBe(b)
})

test('a command item is left out, because it would run its set-up on a node', async () => {
  await put(
    'one.yaml',
    `${entry('first-one')}- id: prune-all
  objectives: [STO-06]
  kind: command
  difficulty: easy
  stem: Remove all volumes.
  command:
    checks:
      - { name: none, query: { api: /volumes, select: "length(Volumes)" }, expect: 0, explain: "{actual}" }
    solution: docker volume prune -a -f
    mistakes: [{ run: docker volume prune -f, why: named ones stay }]
  explanation: It does.
  source: mine
`,
  )
  expect(await ids()).toEqual(['first-one'])
  expect(await problems()).toEqual([expect.stringMatching(/^one\.yaml:9:.*A command item runs a set-up/)])
})
