import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ExecOptions, ExecResult } from '../docker'
import * as changes from './file-changes'
import * as files from './files'

/** Runs the commands on this machine. They are those of any Linux with GNU tools. */
async function here(cmd: readonly string[], { stdin }: ExecOptions = {}): Promise<ExecResult> {
  const [program = '', ...args] = cmd
  const { status, stdout, stderr } = spawnSync(program, args, { input: stdin, encoding: 'utf8' })
  return { exitCode: status ?? -1, stdout, stderr }
}

const noExec = async () => expect.fail('nothing is run')
const failing = (stderr: string) => async () => ({ exitCode: 1, stdout: '', stderr })

describe.runIf(process.platform === 'linux')('on a real disk', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'capstan-files-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('a file is written only over the version that was read', async () => {
    const path = join(folder, 'f')
    const write = (content: string, version?: string) => files.writeFile(here, path, { content, version })
    await write('one', 'none')
    await expect(write('two', 'none')).rejects.toMatchObject({ code: 'file-changed' })
    await write('two', files.versionOf('one'))
    writeFileSync(path, 'the shell was here')
    await expect(write('three', files.versionOf('two'))).rejects.toMatchObject({ code: 'file-changed' })
    expect(readFileSync(path, 'utf8')).toBe('the shell was here')
    expect(readdirSync(folder)).toEqual(['f'])
    await write('three')
    expect(readFileSync(path, 'utf8')).toBe('three')
  })

  test('files are renamed and deleted, and folders are made', async () => {
    const path = (name: string) => join(folder, name)
    writeFileSync(path('-a b'), '1')
    writeFileSync(path('other'), '2')
    const taken = changes.changeFile(here, { kind: 'rename', path: path('-a b'), to: path('other') })
    await expect(taken).rejects.toMatchObject({ code: 'bad-input' })
    await changes.changeFile(here, { kind: 'rename', path: path('-a b'), to: path('c') })
    await changes.changeFile(here, { kind: 'folder', path: path('d/e') })
    await changes.changeFile(here, { kind: 'remove', path: path('other') })
    expect(readdirSync(folder).sort()).toEqual(['c', 'd'])
    await changes.changeFile(here, { kind: 'remove', path: path('d') })
    expect(readdirSync(folder)).toEqual(['c'])
  })

  test.each(['/', '//', '/etc', '/usr/'])('%s is never deleted or renamed as a whole', async (path) => {
    await expect(changes.changeFile(noExec, { kind: 'remove', path })).rejects.toMatchObject({
      code: 'bad-input',
    })
    const rename = { kind: 'rename', path, to: '/x' } as const
    await expect(changes.changeFile(noExec, rename)).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('a stamp is another one after each change, and the same without one', async () => {
    const stamps = [await changes.stampOf(here, [folder])]
    expect(await changes.stampOf(here, [folder])).toBe(stamps[0])
    writeFileSync(join(folder, 'f'), '1')
    stamps.push(await changes.stampOf(here, [folder]))
    writeFileSync(join(folder, 'f'), '2\n')
    stamps.push(await changes.stampOf(here, [folder, join(folder, 'missing')]))
    expect(new Set(stamps).size).toBe(3)
  })

  test('parts of a file are read and written as they are, and a file appears as a whole', async () => {
    const path = join(folder, 'image')
    const content = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 256))
    const put = (offset: number, end: number, isLast = false) =>
      changes.writePart(here, path, { offset, content: content.subarray(offset, end), isLast })
    await put(0, 600)
    await expect(put(500, 900)).rejects.toMatchObject({ code: 'bad-input' })
    expect(readdirSync(folder)).toEqual(['image.upload~'])
    await put(600, 1_000, true)
    expect(readFileSync(path)).toEqual(content)
    expect(readdirSync(folder)).toEqual(['image'])
    await expect(put(0, 600)).rejects.toMatchObject({ message: expect.stringContaining('exists already') })
    expect(await changes.readPart(here, path, { offset: 300, length: 500 })).toEqual(
      content.subarray(300, 800),
    )
    expect(await changes.readPart(here, path, { offset: 900, length: 500 })).toEqual(content.subarray(900))
    expect(await changes.readPart(here, path, { offset: 1_000, length: 9 })).toHaveLength(0)
    const missing = changes.readPart(here, join(folder, 'none'), { offset: 0, length: 9 })
    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a folder is listed with directories first, whatever the names are', async () => {
    writeFileSync(join(folder, 'b'), '12345')
    writeFileSync(join(folder, 'a\nb "c"'), '')
    mkdirSync(join(folder, 'z'))
    symlinkSync('b', join(folder, 'link'))
    const entries = await files.listFiles(here, folder)
    expect(entries.map(({ name, type }) => [name, type])).toEqual([
      ['z', 'directory'],
      ['a\nb "c"', 'file'],
      ['b', 'file'],
      ['link', 'symlink'],
    ])
    expect(entries.find(({ name }) => name === 'b')).toMatchObject({ path: join(folder, 'b'), size: 5 })
  })

  test('a link to a folder is listed as that folder', async () => {
    mkdirSync(join(folder, 'real'))
    writeFileSync(join(folder, 'real/one'), '')
    symlinkSync('real', join(folder, 'link'))
    expect((await files.listFiles(here, join(folder, 'link'))).map(({ name }) => name)).toEqual(['one'])
  })

  test('an empty folder has no entries, and the root has its paths', async () => {
    expect(await files.listFiles(here, folder)).toEqual([])
    const root = await files.listFiles(here, '/')
    expect(root.map(({ path }) => path)).toContain('/etc')
  })

  test.each([
    ['missing', 'not-found', 'does not exist'],
    ['file', 'bad-input', 'Not a folder'],
  ])('a %s is no folder', async (name, code, words) => {
    writeFileSync(join(folder, 'file'), '')
    await expect(files.listFiles(here, join(folder, name))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    })
  })

  test('every byte of a file is read', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_one, index) => index))
    writeFileSync(join(folder, 'bytes'), bytes)
    expect(await files.readFile(here, join(folder, 'bytes'), { maxBytes: 256 })).toEqual(bytes)
  })

  test('a file that is larger than allowed is refused, and help says how to look at it', async () => {
    writeFileSync(join(folder, 'large'), 'x'.repeat(2049))
    const read = files.readFile(here, join(folder, 'large'), { maxBytes: 2048 })
    await expect(read).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('larger than 2 KiB'),
      help: expect.stringContaining('terminal'),
    })
  })

  test('a folder cannot be read, and neither can a missing file', async () => {
    await expect(files.readFile(here, folder, { maxBytes: 1 })).rejects.toThrow('directory')
    const missing = files.readFile(here, join(folder, 'missing'), { maxBytes: 1 })
    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a new file gets its folders, its content and its mode, and nothing else stays behind', async () => {
    await files.writeFile(here, join(folder, 'a/b/run.sh'), { content: 'echo', mode: '0755' })
    expect(readFileSync(join(folder, 'a/b/run.sh'), 'utf8')).toBe('echo')
    expect(statSync(join(folder, 'a/b/run.sh')).mode & 0o777).toBe(0o755)
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['run.sh'])
  })

  test('a file that is replaced keeps its mode, and a link stays a link', async () => {
    writeFileSync(join(folder, 'real'), 'old')
    chmodSync(join(folder, 'real'), 0o600)
    symlinkSync('real', join(folder, 'link'))
    await files.writeFile(here, join(folder, 'link'), { content: 'new' })
    expect(readlinkSync(join(folder, 'link'))).toBe('real')
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new')
    expect(statSync(join(folder, 'real')).mode & 0o777).toBe(0o600)
  })

  test('content that was cut on its way leaves the old file as it was, and nothing beside it', async () => {
    writeFileSync(join(folder, 'work'), 'old')
    for (const cut of ['', 'ne']) {
      const cutting = async (cmd: readonly string[], options?: ExecOptions) =>
        await here(cmd, { ...options, stdin: cut })
      await expect(files.writeFile(cutting, join(folder, 'work'), { content: 'new' })).rejects.toMatchObject({
        code: 'bad-input',
      })
    }
    await files.writeFile(here, join(folder, 'umlaut'), { content: 'ä' })
    expect(readFileSync(join(folder, 'work'), 'utf8')).toBe('old')
    expect(readdirSync(folder).sort()).toEqual(['umlaut', 'work'])
  })

  test('a file whose name begins with a dash is a file', async () => {
    await files.writeFile(here, join(folder, '-rf'), { content: 'x' })
    expect((await files.readFile(here, join(folder, '-rf'), { maxBytes: 9 })).toString()).toBe('x')
  })
})

test.each(['relative', '', '--help', '/a\0b'])('%j is not a full path', async (path) => {
  const never = () => Promise.reject(new Error('it was run'))
  for (const call of [
    files.listFiles(never, path),
    files.readFile(never, path, { maxBytes: 1 }),
    files.writeFile(never, path, { content: '' }),
  ]) {
    await expect(call).rejects.toMatchObject({ code: 'bad-input', help: 'Begin it with "/".' })
  }
})

test.each([
  ['cat: /x: No space left on device', 'no-space', 'the disk is full'],
  ['mkdir: cannot create directory: Read-only file system', 'bad-input', 'Read-only file system'],
])('"%s" is %s', async (stderr, code, message) => {
  const write = files.writeFile(failing(stderr), '/x', { content: 'x' })
  await expect(write).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
})
