import { cp, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assembleForm, everyItem, parseHandsOn, wholeItems } from '../../../exam'
import { type LoadedBank, loadBank, readHandsOn } from './bank'
import { readBuiltBank, writeBuiltBank } from './built'

const root = fileURLToPath(new URL('../../..', import.meta.url))
let resources: string
let questions: string
let built: string

beforeEach(async () => {
  resources = await mkdtemp(join(tmpdir(), 'capstan-bank-'))
  questions = join(resources, 'questions')
  built = join(resources, 'bank.jsonl')
  // One domain is enough: it has exhibits, proofs and templates.
  await mkdir(questions)
  for (const name of ['storage', 'hands-on', 'blueprint.yaml'])
    await cp(join(root, 'questions', name), join(questions, name), { recursive: true })
})
afterEach(async () => await rm(resources, { recursive: true }))

const parsed = () => loadBank(resources, { built: null })
const items = ({ bank }: LoadedBank) => wholeItems(bank, everyItem(bank))

/** Puts another stem into the built bank, to see whether it is read. Its length stays the same. */
async function markBuilt(): Promise<void> {
  const text = await readFile(built, 'utf8')
  await writeFile(built, text.replace(/"stem":"../g, '"stem":"§'))
}
const isMarked = (loaded: LoadedBank) => items(loaded).some(({ stem }) => stem.startsWith('§'))

test('the built bank is the bank of the files', async () => {
  await writeBuiltBank(resources, built)
  const [fromBuilt, fromFiles] = [await loadBank(resources, { built }), await parsed()]
  expect(items(fromBuilt).length).toBeGreaterThan(60)
  expect(fromBuilt.bank.templates.length).toBeGreaterThan(3)
  expect(items(fromBuilt)).toEqual(items(fromFiles))
  expect(fromBuilt.blueprint).toEqual(fromFiles.blueprint)
  expect(fromBuilt.bank.problems).toEqual(fromFiles.bank.problems)
})

test('forms of the built bank are the forms of the files', async () => {
  await writeBuiltBank(resources, built)
  const [fromBuilt, fromFiles] = [await loadBank(resources, { built }), await parsed()]
  for (const seed of [1, 2, 3]) {
    const form = ({ bank, blueprint }: LoadedBank) =>
      assembleForm(bank, { blueprint, seed, length: 20, domains: ['storage'] })
    expect(form(fromBuilt)).toEqual(form(fromFiles))
  }
})

test('an item is read once, and an unknown one is not there', async () => {
  await writeBuiltBank(resources, built)
  const { bank } = await loadBank(resources, { built })
  const [first] = bank.items
  expect(bank.item(first?.id ?? '')).toBe(bank.item(first?.id ?? ''))
  expect(bank.item('nobody')).toBeUndefined()
})

test('problems of the files are in the built bank too', async () => {
  await writeFile(join(questions, 'storage', 'broken.yaml'), '- id: no-stem\n')
  await writeBuiltBank(resources, built)
  const { bank } = await loadBank(resources, { built })
  expect(bank.problems[0]).toMatchObject({ file: 'storage/broken.yaml', line: 1 })
})

/** A file of 1 TB that takes no room on the disk. Nobody could read it whole. */
async function writeHuge(...path: readonly string[]): Promise<void> {
  const file = join(questions, ...path)
  await writeFile(file, '# huge\n')
  await truncate(file, 2 ** 40)
}

const TOO_LARGE = { line: 1, message: 'This file is larger than 512 KB.' }

test('a file of questions that is larger than memory is refused, and hides no other', async () => {
  await writeHuge('storage', 'huge.yaml')
  await writeBuiltBank(resources, built)
  for (const loaded of [await parsed(), await loadBank(resources, { built })]) {
    expect(loaded.bank.problems).toMatchObject([{ file: 'storage/huge.yaml', ...TOO_LARGE }])
    expect(items(loaded).length).toBeGreaterThan(60)
  }
})

test('a hands-on exam and a blueprint that are larger than memory are refused', async () => {
  await writeHuge('hands-on', 'a-huge-one.yaml')
  const [huge, ...others] = await readHandsOn(resources)
  expect(others.length).toBeGreaterThan(0)
  expect(parseHandsOn(huge?.text ?? '', 'a-huge-one.yaml').problems).toMatchObject([TOO_LARGE])
  await writeHuge('blueprint.yaml')
  await expect(parsed()).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(TOO_LARGE.message),
  })
})

test('the built bank is used while the questions are those it was built from', async () => {
  await writeBuiltBank(resources, built)
  await markBuilt()
  expect(isMarked(await loadBank(resources, { built }))).toBe(true)
})

test.each<[string, () => Promise<void>]>([
  [
    'a changed word',
    async () => {
      const file = join(questions, 'blueprint.yaml')
      const text = await readFile(file, 'utf8')
      await writeFile(file, text.replace('minutes: 90', 'minutes: 91'))
    },
  ],
  ['a new file', async () => await writeFile(join(questions, 'storage', 'new.yaml'), '[]')],
  [
    'a file under another name',
    async () => {
      await cp(join(questions, 'storage'), join(questions, 'security'), { recursive: true })
      await rm(join(questions, 'storage'), { recursive: true })
    },
  ],
])('%s makes the files count', async (_what, edit) => {
  await writeBuiltBank(resources, built)
  await markBuilt()
  await edit()
  const loaded = await loadBank(resources, { built })
  expect(isMarked(loaded)).toBe(false)
  expect(items(loaded)).toEqual(items(await parsed()))
})

test('hands-on exams are no part of the built bank: a change of them leaves it valid', async () => {
  await writeBuiltBank(resources, built)
  await writeFile(join(questions, 'hands-on', 'new.yaml'), 'title: New\n')
  expect(await readBuiltBank(resources, built)).not.toBeNull()
})

test.each<[string, (content: Buffer) => Buffer | string]>([
  ['cut in its items', (content) => content.subarray(0, content.length - 1)],
  ['cut in its first line', (content) => content.subarray(0, 40)],
  ['empty', () => ''],
  ['of another version', (content) => content.toString().replace(/"version":\d+/, '"version":0')],
  ['of another kind', () => '[]\n[]\n'],
])('a built bank that is %s is not used', async (_what, spoil) => {
  await writeBuiltBank(resources, built)
  await writeFile(built, spoil(await readFile(built)))
  expect(await readBuiltBank(resources, built)).toBeNull()
  expect(items(await loadBank(resources, { built }))).toEqual(items(await parsed()))
})

test('without a built bank the files are parsed, and nothing is written', async () => {
  expect((await loadBank(resources, { built })).bank.items.length).toBeGreaterThan(40)
  await expect(stat(built)).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  ['a broken blueprint', 'exam: 3\n', /^blueprint\.yaml:1:1/],
  ['a blueprint that is not YAML', 'exam: "\n', /^blueprint\.yaml:\d+:\d+ This is not valid YAML/],
])('%s is an error with its line', async (_what, text, message) => {
  await writeFile(join(questions, 'blueprint.yaml'), text)
  await expect(parsed()).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(message),
    help: expect.stringMatching(/./),
  })
})

test('hands-on exams are read by name, and a bank may have none', async () => {
  await writeFile(join(questions, 'hands-on', 'a.yaml'), 'title: A\n')
  await writeFile(join(questions, 'hands-on', 'notes.txt'), 'no exam')
  const files = (await readHandsOn(resources)).map(({ file }) => file)
  expect(files[0]).toBe('hands-on/a.yaml')
  expect(files.every((file) => file.endsWith('.yaml'))).toBe(true)
  await rm(join(questions, 'hands-on'), { recursive: true })
  expect(await readHandsOn(resources)).toEqual([])
})

test('a folder of hands-on exams that cannot be read is an error', async () => {
  await rm(join(questions, 'hands-on'), { recursive: true })
  await writeFile(join(questions, 'hands-on'), 'a file where a folder should be')
  await expect(readHandsOn(resources)).rejects.toMatchObject({ code: 'ENOTDIR' })
})
