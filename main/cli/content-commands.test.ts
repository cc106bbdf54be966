import { cp, mkdir, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseQuestions } from '../../exam'
import { type FileProblem, problemText } from '../../shared/files'
import { BROKEN_LABS, problemOf, withBrokenLabs } from '../../test/broken-labs'
import { cliFolder, runCli, runJson } from '../../test/run-cli'

const folder = cliFolder()
const labs = fileURLToPath(new URL('../../labs', import.meta.url))

test('the labs are listed by title, and the tasks only when they are asked for', async () => {
  const { exitCode, answer } = await runJson('lab', 'list')
  expect(exitCode).toBe(0)
  const lab = answer.labs.find(({ id }: { id: string }) => id === 'container-life')
  expect(lab).toMatchObject({ title: 'The life of a container', domain: 'installation', nodes: ['node1'] })
  const tasks = await runJson('lab', 'list', '--tasks')
  expect(tasks.answer.labs.length).toBeGreaterThan(3)
  const ids = (list: { id: string }[]) => list.map(({ id }) => id)
  expect(ids(tasks.answer.labs).filter((id) => ids(answer.labs).includes(id))).toEqual([])
  const words = await runCli(['lab', 'list'])
  expect(words.out).toMatch(/^container-life +installation +20 min {2}The life of a container$/m)
})

test('our own labs are sound', async () => {
  const { exitCode, answer } = await runJson('lab', 'lint')
  expect(exitCode).toBe(0)
  expect(answer.ok).toBe(true)
  expect(answer.labs.length).toBeGreaterThan(20)
})

test('each broken lab is reported with file, line and help, and they end with exit code 2', async () => {
  await withBrokenLabs(async (folderOf) => {
    const folders = BROKEN_LABS.map(folderOf)
    const { exitCode, answer } = await runJson('lab', 'lint', ...folders)
    expect(exitCode).toBe(2)
    expect(answer.ok).toBe(false)
    expect(answer.labs).toEqual(
      BROKEN_LABS.map((lab) => ({ id: lab.name, directory: folderOf(lab), problems: [problemOf(lab)] })),
    )
    const words = await runCli(['lab', 'lint', ...folders])
    expect(words).toMatchObject({ exitCode: 2, err: '' })
    expect(words.out.trimEnd().split('\n')).toEqual(
      answer.labs.map(({ id, problems: [problem] }: { id: string; problems: FileProblem[] }) =>
        expect.stringContaining(`✗ ${id}/${problemText(problem ?? expect.fail(id))}`),
      ),
    )
  })
})

test('a lab may require what the engine knows, and nothing else', async () => {
  const lab = join(folder.path, 'container-life')
  await cp(join(labs, 'installation', 'container-life'), lab, { recursive: true })
  const file = join(lab, 'lab.yaml')
  const text = await readFile(file, 'utf8')
  for (const [name, code] of [
    ['vxlan', 0],
    ['teleport', 2],
  ] as const) {
    await writeFile(file, text.replace(/^minutes:/m, `requires: [${name}]\nminutes:`))
    expect((await runCli(['lab', 'lint', lab])).exitCode).toBe(code)
  }
})

test.each([
  ['lab', 'nodes'],
  ['bank', 'objectives'],
])('`%s schema` prints a JSON Schema that names %s', async (group, key) => {
  const { exitCode, out } = await runCli([group, 'schema'])
  expect(exitCode).toBe(0)
  expect(JSON.stringify(JSON.parse(out))).toContain(`"${key}"`)
})

test('labs and items that are not there end with exit code 2', async () => {
  const lab = await runJson('lab', 'verify', 'nothing-like-it')
  expect(lab).toMatchObject({ exitCode: 2, answer: { error: { code: 'not-found' } } })
  expect(lab.answer.error.message).toBe('There is no lab called "nothing-like-it".')
  const item = await runJson('bank', 'prove', 'nothing-like-it')
  expect(item).toMatchObject({
    exitCode: 2,
    answer: { error: { message: 'There is no item "nothing-like-it".' } },
  })
})

test.each([
  ['lab', 'verify', '--mistakes', '3/2'],
  ['bank', 'prove', '--share', 'half'],
])('a share that is none ends with exit code 2: `%s %s %s %s`', async (...args) => {
  expect(await runJson(...args)).toMatchObject({ exitCode: 2, answer: { error: { code: 'bad-input' } } })
})

test('our own bank is sound, and its measures are printed', async () => {
  const { exitCode, answer } = await runJson('bank', 'lint')
  expect(exitCode).toBe(0)
  expect(answer).toMatchObject({ ok: true, problems: [], findings: [] })
  expect(answer.measures.position.chiSquared).toBeLessThan(answer.measures.position.limit)
  const words = await runCli(['bank', 'lint'])
  expect(words.out).toMatch(/^0 errors, 0 warnings in \d+ files$/m)
})

test('the bank is counted by domain and objective', async () => {
  const { answer } = await runJson('bank', 'stats')
  const sum = Object.values<number>(answer.domains).reduce((all, count) => all + count, 0)
  expect(sum).toBe(answer.items)
  expect(answer.missing.items).toEqual([])
  expect(answer.proven).toBeLessThan(answer.items)
  const words = await runCli(['bank', 'stats'])
  expect(words.out).toContain(
    `${answer.items} items, ${answer.templates} of them templates, ${answer.proven} with`,
  )
})

test('the numbers of the bank are printed, for programs and in words', async () => {
  const { answer } = await runJson('bank', 'stats')
  expect(answer.exposure.forms).toBe(200)
  expect(answer.exposure.overlap).toBeGreaterThan(0)
  expect(answer.exposure.highest).toBeGreaterThanOrEqual(answer.exposure.median)
  expect(answer.reading.p90).toBeGreaterThan(answer.reading.median)
  expect(answer.provenShare).toBeCloseTo(answer.proven / answer.items)
  for (const { holds, fails } of answer.provenByEngine) expect(holds + fails).toBe(answer.proven)
  const words = await runCli(['bank', 'stats'])
  expect(words.out).toContain(`Two forms share ${answer.exposure.overlap.toFixed(1)} items`)
  expect(words.out).toContain(`${answer.unjudged.cues} pairs in which one item prints the key of the other`)
  expect(words.out).toContain(`${answer.scenarios} items show a long exhibit`)
})

test('a form is the same for the same seed, and tells no key', async () => {
  const form = () => runJson('exam', 'assemble', '--seed', '7', '--length', '12')
  const { exitCode, answer } = await form()
  expect(exitCode).toBe(0)
  expect(answer.items).toHaveLength(12)
  expect((await form()).answer).toEqual(answer)
  expect(Object.keys(answer.items[0])).toEqual(['id', 'domain', 'objectives', 'delivery'])
  const words = await runCli(['exam', 'assemble', '--seed', '7', '--length', '12'])
  expect(words.out.split('\n')[0]).toBe(`12 items, ${answer.minutes} minutes`)
})

test('a form that the bank cannot fill ends with exit code 2 and a way out', async () => {
  const { exitCode, answer } = await runJson('exam', 'assemble', '--seed', '1', '--length', '5000')
  expect(exitCode).toBe(2)
  expect(answer.error).toMatchObject({ code: 'bad-input', help: 'Ask for fewer items, or for more domains.' })
})

// Aiken keeps nothing but the questions, so that the import must fill in the rest.
test.each([
  ['gift', '.gift'],
  ['aiken', '.txt'],
])('the bank is exported as %s and imported again', async (name, extension) => {
  const file = join(folder.path, `bank${extension}`)
  const exported = await runJson('bank', 'export', '--format', name, '--out', file)
  expect(exported).toMatchObject({ exitCode: 0, answer: { ok: true, format: name, file } })
  const out = join(folder.path, 'networking')
  const imported = await runJson('bank', 'import', file, '--out', out)
  expect(imported).toMatchObject({ exitCode: 0, answer: { ok: true, file: join(out, 'bank.yaml') } })
  // A large bank is divided into several files.
  const texts: string[] = await Promise.all(imported.answer.files.map((one: string) => readFile(one, 'utf8')))
  const read = texts.map((text) => parseQuestions({ file: 'networking/bank.yaml', text }))
  expect(read.flatMap(({ problems }) => problems)).toEqual([])
  expect(read.flatMap(({ items }) => items)).toHaveLength(imported.answer.items)
  // What the format cannot hold at all is not counted as written.
  expect(exported.answer.items).toBe(imported.answer.items)
})

test('an export without a file goes to stdout, or into the JSON document', async () => {
  const { out, err } = await runCli(['bank', 'export', '--format', 'aiken'])
  expect(out).toMatch(/^ANSWER: [A-J]$/m)
  expect(err).toMatch(/^! not kept: its explanation \(\d+ items\)$/m)
  expect(err.split('\n').length).toBeLessThan(15)
  const { answer } = await runJson('bank', 'export', '--format', 'aiken')
  expect(answer).toMatchObject({ ok: true, file: null, text: out })
  expect(answer.lost[0]).toMatch(/^[\w.-]+: its proof, why its options are wrong, its explanation, /)
  expect(answer.lost).toContainEqual(expect.stringMatching(/^[\w.-]+: the whole item, /))
})

test('an import with a format that nobody knows ends with exit code 2', async () => {
  const file = join(folder.path, 'quiz.txt')
  await writeFile(file, 'x')
  const { exitCode, answer } = await runJson('bank', 'import', file, '--out', folder.path, '--format', 'word')
  expect({ exitCode, message: answer.error.message }).toEqual({
    exitCode: 2,
    message: 'There is no format "word".',
  })
  expect(answer.error.help).toContain('gift, moodle-xml, aiken, csv, anki')
})

test('an import of a file that looks like none of the formats ends with exit code 2, and writes nothing', async () => {
  const file = join(folder.path, 'quiz.docx')
  const out = join(folder.path, 'out')
  await writeFile(file, 'x')
  const { exitCode, answer } = await runJson('bank', 'import', file, '--out', out)
  expect(exitCode).toBe(2)
  expect(answer).toMatchObject({
    ok: false,
    files: [],
    items: 0,
    problems: [{ file: 'quiz.docx', line: 1, message: 'This file looks like none of the formats.' }],
  })
  await expect(readdir(out)).rejects.toThrow()
})

test('an import leaves the ids of the bank and of the folder to their items, and counts all of them', async () => {
  const file = join(folder.path, 'quiz.gift')
  const out = join(folder.path, 'out')
  await writeFile(file, '::net-loopback-port::Which?{=a ~b}\n')
  const first = await runJson('bank', 'import', file, '--out', out)
  await rename(file, join(folder.path, 'quiz2.gift'))
  const second = await runJson('bank', 'import', join(folder.path, 'quiz2.gift'), '--out', out)
  const ids = async (name: string) =>
    parseQuestions({ file: 'networking/x.yaml', text: await readFile(join(out, name), 'utf8') }).items.map(
      ({ id }) => id,
    )
  expect([...(await ids('quiz.yaml')), ...(await ids('quiz2.yaml'))]).toEqual([
    'net-loopback-port-2',
    'net-loopback-port-3',
  ])
  expect(second.answer.inBank).toBe(first.answer.inBank + 1)
})

test('an import of a missing or huge file ends with exit code 2', async () => {
  const missing = await runJson('bank', 'import', join(folder.path, 'none.gift'), '--out', folder.path)
  expect(missing).toMatchObject({ exitCode: 2, answer: { error: { code: 'not-found' } } })
  const file = join(folder.path, 'huge.gift')
  await writeFile(file, '')
  for (const size of [20 * 1024 * 1024 + 1, 2 ** 40]) {
    await truncate(file, size)
    const huge = await runJson('bank', 'import', file, '--out', folder.path)
    expect(huge.answer.error).toMatchObject({ code: 'bad-input', message: `${file} is larger than 20 MB.` })
  }
})

test('an import never writes over a file, and writes none without an item', async () => {
  const file = join(folder.path, 'My Quiz.gift')
  const out = join(folder.path, 'out')
  await writeFile(file, 'broken{')
  const broken = await runJson('bank', 'import', file, '--out', out)
  expect(broken).toMatchObject({ exitCode: 2, answer: { ok: false, items: 0 } })
  expect(broken.answer.problems[0]).toMatchObject({ file: 'My Quiz.gift', line: 1 })
  await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' })

  await writeFile(file, 'Which?{=this ~that}')
  await mkdir(out)
  await writeFile(join(out, 'my-quiz.yaml'), 'mine')
  const taken = await runJson('bank', 'import', file, '--out', out)
  expect(taken).toMatchObject({ exitCode: 2, answer: { error: { code: 'bad-input' } } })
  expect(await readFile(join(out, 'my-quiz.yaml'), 'utf8')).toBe('mine')
})
