/** What comes from labs, questions and files must not reach the terminal of whoever runs a command. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { CapstanError } from '../../engine'
import { cliFolder, runCli } from '../../test/run-cli'
import { printContent, printError, visibleStreams } from './output'

/** Whole files of questions are read for some commands. In milliseconds. */
const timeout = 60_000
const planted = { folder: '' }
vi.mock('../../engine/resources', () => ({ resourcesFolder: () => planted.folder }))

const repository = fileURLToPath(new URL('../..', import.meta.url))
/** A title for the terminal, a text for its clipboard, a colour in eight bits, and text that runs backwards. */
const HOSTILE = '\u001b]0;owned\u0007\u001b]52;c;cm0gLXJm\u0007\u009b31m\u202egnp.exe\u2066\r'
/** What a title may still hold: control characters are refused when the lab is read. */
const BACKWARDS = 'x\u202egnp.exe\u2066'
const IN_YAML = JSON.stringify(HOSTILE)
  .slice(1, -1)
  .replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
const RAW = new RegExp(
  `[${['\\u0000-\\u0008\\u000b-\\u001f', '\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069'].join('')}]`,
)

const cli = cliFolder()
const lab = () => join(planted.folder, 'labs/installation/container-life')

async function replaceIn(file: string, what: RegExp, by: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  expect(text).toMatch(what)
  await writeFile(
    file,
    text.replace(what, () => by),
  )
}

async function plantQuestions(): Promise<void> {
  const from = join(repository, 'questions')
  const to = join(planted.folder, 'questions/installation')
  await mkdir(to, { recursive: true })
  await cp(join(from, 'blueprint.yaml'), join(planted.folder, 'questions/blueprint.yaml'))
  const [first = ''] = await readdir(join(from, 'installation'))
  const file = join(to, `a\u001b]0;owned\u0007b.yaml`)
  await cp(join(from, 'installation', first), file)
  // A wrong key of the item makes the linter quote it.
  await replaceIn(file, /^ {2}kind: choice$/m, `  kind: choice\n  "${IN_YAML}": 1`)
}

beforeAll(async () => {
  planted.folder = await mkdtemp(join(tmpdir(), 'capstan-planted-'))
  await cp(join(repository, 'labs/installation/container-life'), lab(), { recursive: true })
  await replaceIn(join(lab(), 'lab.yaml'), /^title: .*$/m, `title: "${BACKWARDS}"`)
  const broken = join(planted.folder, 'labs/installation/broken')
  await cp(lab(), broken, { recursive: true })
  await replaceIn(join(broken, 'lab.yaml'), /^minutes:/m, `"${IN_YAML}": 1\nminutes:`)
  await plantQuestions()
})
afterAll(() => rm(planted.folder, { recursive: true }))

test.each([
  ['lab', 'list'],
  ['lab', 'lint'],
  ['lab', 'verify', `no${HOSTILE}`],
  ['lab', 'lint', `/nowhere${HOSTILE}`],
  ['bank', 'lint'],
  ['bank', 'stats'],
  ['bank', 'prove', `no${HOSTILE}`],
  ['bank', 'import', `/nowhere/${HOSTILE}.gift`, '--out', '/nowhere'],
  ['exam', 'assemble', '--seed', '1'],
  ['exam', 'statistics', `/nowhere${HOSTILE}`],
  [`fly${HOSTILE}`],
  ['lab', 'list', `--fly${HOSTILE}`],
])('%s %s prints nothing that a terminal obeys', { timeout }, async (...args) => {
  for (const json of [[], ['--json']]) {
    const { out, err } = await runCli([...args, ...json])
    expect(out + err).not.toMatch(RAW)
    expect((out + err).length).toBeGreaterThan(0)
    if (json.length > 0 && out) expect(() => JSON.parse(out)).not.toThrow()
  }
})

test('a hostile title is shown with its controls, in words and in JSON', { timeout }, async () => {
  expect((await runCli(['lab', 'list'])).out).toContain('x\\u202egnp.exe\\u2066')
  const { out } = await runCli(['lab', 'list', '--json'])
  expect(out).not.toMatch(RAW)
  const titles = JSON.parse(out).labs.map(({ title }: { title: string }) => title)
  expect(titles).toContain(BACKWARDS)
})

test('an imported file and its problems are shown with their controls', { timeout }, async () => {
  const file = join(cli.path, 'a\u001b[31m.gift')
  await writeFile(file, `::${HOSTILE}:: What${HOSTILE} {=a ~%200%b${HOSTILE}}\n\n${HOSTILE} {`)
  const { out, err } = await runCli(['bank', 'import', file, '--out', join(cli.path, 'out')])
  expect(out + err).toMatch(/\\u001b/)
  expect(out + err).not.toMatch(RAW)
})

test.each([
  ['an explanation of a check', new CapstanError('session-state', `It says ${HOSTILE}`, { help: HOSTILE })],
  [
    'what a set-up script has printed',
    new CapstanError('lab-invalid', `setup.sh failed:\n${HOSTILE}\nline two`),
  ],
  ['a fault with a stack', new TypeError(HOSTILE)],
])('%s is shown with its controls', (_, error) => {
  const written: string[] = []
  const streams = visibleStreams({ out: (text) => written.push(text), err: (text) => written.push(text) })
  printError({ ...streams, json: true }, error)
  expect(written.join('')).not.toMatch(RAW)
  expect(written.join('')).toContain('\\u001b]0;owned\\u0007')
})

test('the content of a file is printed as it is, unless a terminal shows it', () => {
  const [written, content]: [string[], string[]] = [[], []]
  const output = {
    ...visibleStreams({ out: (text) => written.push(text), err: () => undefined }),
    json: false,
  }
  printContent({ ...output, content: (text) => content.push(text) }, HOSTILE)
  expect(content).toEqual([HOSTILE])
  printContent(output, HOSTILE)
  expect(written.join('')).not.toMatch(RAW)
})
