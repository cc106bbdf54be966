import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { everyItem } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { problemText } from '../../../shared/files'
import { OwnQuestions } from '.'
import { findFiles } from './find-files'
import { runInThread } from './run-thread'

vi.mock(import('./find-files'), async (original) => {
  const actual = await original()
  return { ...actual, findFiles: vi.fn(actual.findFiles) }
})
vi.mock(import('./run-thread'), async (original) => {
  const actual = await original()
  return { ...actual, runInThread: vi.fn(actual.runInThread) }
})

let folder: string
let own: OwnQuestions

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-own-'))
  own = new OwnQuestions({ folder: () => folder, isTaken: () => false, domainOf: () => 'networking' })
})
afterEach(async () => await rm(folder, { recursive: true, force: true }))

const REST = `  objectives: [NET-05]
  kind: choice
  difficulty: easy
  explanation: It is.
  source: mine
`
const ONE = `- id: first-one\n  stem: One?\n  options: [{ text: a, right: true }, { text: b }]\n${REST}`
const NUMBERS = Array.from({ length: 20 }, (_one, index) => index).join()

/** Four hundred items, each with so many letters. */
function template(id: string, letters: number): string {
  return `- template: ${id}
  parameters: { a: [${NUMBERS}], b: [${NUMBERS}] }
  stem: "{a} {b} ${'x'.repeat(letters)}"
  options: [{ text: "{a}", right: true }, { text: no }]
${REST}`
}

const put = (file: string, text: string) => writeFile(join(folder, file), text)
async function look() {
  const { bank } = await own.read()
  return { items: everyItem(bank).length, problems: bank.problems.map(problemText) }
}

test('a template that makes more text than is read is told with its line, and hides nothing', async () => {
  await put('one.yaml', ONE + template('much-text', 50_000) + template('some-text', 10))
  const { items, problems } = await look()
  expect(items).toBe(401)
  expect(problems).toEqual([expect.stringMatching(/^one\.yaml:9:.*"much-text" makes more text than is read/)])
})

test('files that together have more text than is read are read as far as the limit, at every look', async () => {
  for (let at = 0; at < 6; at++) await put(`f${at}.yaml`, template(`text-${at}`, 20_000))
  const first = await look()
  expect(first.items).toBe(6 * 400)
  expect(first.problems).toEqual([])
  for (let at = 6; at < 8; at++) await put(`f${at}.yaml`, template(`text-${at}`, 20_000))
  const second = await look()
  expect(second.problems).toEqual([expect.stringContaining('have more text than is read')])
  expect(await look()).toEqual(second)
})

test('a file that alone takes too long is told once, and the next look goes on behind it', async () => {
  await put('a.yaml', ONE.replace('first-one', 'slow-one'))
  await put('b.yaml', ONE)
  vi.mocked(runInThread).mockRejectedValueOnce(new CapstanError('engine-timeout', 'It took too long.'))
  expect(await look()).toEqual({
    items: 0,
    problems: [expect.stringMatching(/^a\.yaml:1:1 It took too long/)],
  })
  expect(await look()).toEqual({
    items: 1,
    problems: [expect.stringMatching(/^a\.yaml:1:1 It took too long/)],
  })
  await put('a.yaml', `${ONE.replace('first-one', 'quick-one')}# It is quick now.\n`)
  expect(await look()).toEqual({ items: 2, problems: [] })
})

test('a folder that cannot be listed is told once, however often it is looked at', async () => {
  const fails = () => vi.mocked(findFiles).mockRejectedValueOnce(new Error('It does not answer.'))
  for (let turn = 0; turn < 3; turn++) {
    fails()
    expect((await look()).problems).toEqual([expect.stringContaining('It does not answer.')])
  }
  expect((await look()).problems).toEqual([])
})
