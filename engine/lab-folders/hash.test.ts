import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashOfLabFolder, hashOfTree, readTree, subtree } from '.'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-hash-'))
  mkdirSync(join(folder, 'app/data'), { recursive: true })
  writeFileSync(join(folder, 'lab.yaml'), 'title')
  writeFileSync(join(folder, 'app/run.sh'), 'echo', { mode: 0o644 })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (path: string) => join(folder, path)

test('the hash is the same at every time and in every place', async () => {
  const before = await hashOfLabFolder(folder)
  utimesSync(at('lab.yaml'), 1, 1)
  chmodSync(at('lab.yaml'), 0o600)
  renameSync(folder, `${folder}-moved`)
  folder = `${folder}-moved`
  expect(await hashOfLabFolder(folder)).toBe(before)
  // A change of the algorithm would ask every student for consent again.
  expect(before).toBe('a1e77bbc9531f75ac0951861813ab1084f4772324770242f9eb5e0478f832105')
})

describe('every change of the lab changes the hash:', () => {
  test.each<[string, () => void]>([
    ['another content', () => writeFileSync(at('app/run.sh'), 'evil')],
    ['a new file', () => writeFileSync(at('app/data/new'), '')],
    ['a new folder', () => mkdirSync(at('new'))],
    ['a file less', () => rmSync(at('app/run.sh'))],
    ['another name', () => renameSync(at('app/run.sh'), at('app/ran.sh'))],
    ['another folder', () => renameSync(at('app/run.sh'), at('app/data/run.sh'))],
    ['a file that may be executed', () => chmodSync(at('app/run.sh'), 0o755)],
  ])('%s', async (_what, change) => {
    const before = await hashOfLabFolder(folder)
    change()
    expect(await hashOfLabFolder(folder)).not.toBe(before)
  })
})

test('a part has the hash that it has alone', async () => {
  const whole = await readTree(folder)
  for (const path of ['app', 'app/run.sh']) {
    const part = subtree(whole, path) ?? expect.fail()
    expect(hashOfTree(part)).toBe(hashOfTree(await readTree(at(path))))
  }
  expect(subtree(whole, 'ap')).toBeNull()
})

test('a folder that no lab may be has no hash, and the error says why', async () => {
  symlinkSync('/etc/hostname', at('app/config'))
  await expect(hashOfLabFolder(folder)).rejects.toMatchObject({
    code: 'lab-invalid',
    message: `"app/config" in ${folder} is a link.`,
    help: expect.stringContaining('Put a copy here'),
  })
})
