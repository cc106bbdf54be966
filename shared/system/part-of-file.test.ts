import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readBeginning } from './part-of-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-part-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test.each([
  [0, ''],
  [3, 'abc'],
  [6, 'abcdef'],
  [100, 'abcdef'],
])('of a file of 6 bytes, %i bytes at most are read', (most, text) => {
  const path = join(folder, 'file')
  writeFileSync(path, 'abcdef')
  symlinkSync('file', join(folder, 'link'))
  for (const name of ['file', 'link']) expect(readBeginning(join(folder, name), most).toString()).toBe(text)
})

test('a file that is larger than memory is read as far as it is wanted', () => {
  const path = join(folder, 'huge')
  writeFileSync(path, 'begin')
  truncateSync(path, 2 ** 42)
  expect(readBeginning(path, 8).toString()).toBe('begin\0\0\0')
})

test('a file that is not there is the error of the system', () => {
  expect(() => readBeginning(join(folder, 'none'), 8)).toThrow(expect.objectContaining({ code: 'ENOENT' }))
})

test('a folder is no file', () => {
  expect(() => readBeginning(folder, 8)).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

test.skipIf(process.platform === 'win32')('a pipe that nobody writes to is refused, not waited for', () => {
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  expect(() => readBeginning(path, 8)).toThrow(`${path} is not a file.`)
})
