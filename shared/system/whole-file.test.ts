import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { mkdir, mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { handlePrototype, type Sync, syncOf, syncsIn } from './syncs.test-kit'
import { removeLeftovers, writeWhole, writeWholeSync } from './whole-file'

let folder: string
let file: string
const atEnd: (() => void | Promise<void>)[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-whole-'))
  file = join(folder, 'settings.json')
})
afterEach(async () => {
  for (const undo of atEnd.splice(0)) await undo()
  await rm(folder, { recursive: true })
})

const writers: [string, (path: string, content: string) => Promise<void>][] = [
  ['writeWhole', writeWhole],
  ['writeWholeSync', async (path, content) => writeWholeSync(path, content)],
]

test.each(writers)('%s makes a file and replaces it, and leaves nothing beside it', async (_name, write) => {
  await write(file, 'first')
  await write(file, '')
  expect(await readFile(file, 'utf8')).toBe('')
  await write(file, 'grün 🐳')
  expect(await readFile(file, 'utf8')).toBe('grün 🐳')
  expect(await readdir(folder)).toEqual(['settings.json'])
})

test('bytes are written as they are', async () => {
  await writeWhole(file, Uint8Array.of(0, 255, 10))
  expect([...(await readFile(file))]).toEqual([0, 255, 10])
})

test.each(writers)('%s without its folder fails', async (_name, write) => {
  await expect(write(join(folder, 'gone', 'x'), 'x')).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each(writers)('%s over a folder fails, and takes its own file away', async (_name, write) => {
  await mkdir(join(file, 'full'), { recursive: true })
  await expect(write(file, 'x')).rejects.toMatchObject({
    code: expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST/),
  })
  expect(await readdir(folder)).toEqual(['settings.json'])
})

test('the content is on the disk before the file takes its name, and the name before the write resolves', async () => {
  await writeWhole(file, 'old')
  const syncs = await syncsIn(folder)
  await writeWhole(file, 'new')
  expect(syncs).toEqual([
    { name: 'settings.json.new', files: { 'settings.json': 'old', 'settings.json.new': 'new' } },
    { name: '.', files: { 'settings.json': 'new' } },
  ])
})

test('a file whose content does not get to the disk is as it was', async () => {
  await writeWhole(file, 'old')
  const sync = vi.spyOn(await handlePrototype(), 'sync').mockRejectedValueOnce(new Error('EIO'))
  onTestFinished(() => sync.mockRestore())
  await expect(writeWhole(file, 'new')).rejects.toThrow('EIO')
  expect(await readFile(file, 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['settings.json'])
})

test('in the last moment of a process too, the content is on the disk before the file takes its name', async () => {
  writeWholeSync(file, 'old')
  const syncs: Sync[] = []
  const spy = vi.spyOn(fs, 'fsyncSync').mockImplementation((fd) => void syncs.push(syncOf(fd, folder)))
  syncBuiltinESMExports()
  onTestFinished(() => {
    spy.mockRestore()
    syncBuiltinESMExports()
  })
  writeWholeSync(file, 'new')
  expect(syncs).toEqual([
    { name: 'settings.json.new', files: { 'settings.json': 'old', 'settings.json.new': 'new' } },
  ])
})

test('two writes of one file at the same time leave one of them whole', async () => {
  const contents = Array.from({ length: 20 }, (_one, index) => String(index).repeat(10_000))
  await Promise.all(contents.map((content) => writeWhole(file, content)))
  expect(contents).toContain(await readFile(file, 'utf8'))
  expect(await readdir(folder)).toEqual(['settings.json'])
})

test.each(writers)('%s takes nothing from a reader of the old file', async (_name, write) => {
  await writeFile(file, 'old')
  const reader = await open(file)
  await write(file, 'new')
  expect(await reader.readFile('utf8')).toBe('old')
  await reader.close()
})

test('only what dead processes left is removed', async () => {
  const names = [
    'settings.json',
    'settings.json.999999999-1.new',
    `settings.json.${process.pid}-1.new`,
    'notes.new',
  ]
  for (const name of names) await writeFile(join(folder, name), '')
  await removeLeftovers(folder)
  expect((await readdir(folder)).sort()).toEqual(names.filter((name) => !name.includes('999999999')).sort())
  await removeLeftovers(join(folder, 'gone'))
})

/** A program that writes the file again and again, each time another length. */
async function writingProgram(): Promise<string> {
  const entry = join(folder, 'writer.ts')
  const source = fileURLToPath(new URL('./whole-file.ts', import.meta.url))
  await writeFile(
    entry,
    `import { writeWhole } from ${JSON.stringify(source)}
     const [path] = process.argv.slice(2)
     for (let turn = 0; ; turn++) {
       await writeWhole(path, JSON.stringify({ turn, rest: 'x'.repeat((turn * 7919) % 200_000), end: true }))
       if (turn === 0) process.send('begun')
     }`,
  )
  const outDir = join(folder, 'built')
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: entry,
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
  })
  return join(outDir, 'writer.mjs')
}

test('a process killed at any moment leaves a whole file', { timeout: 60_000 }, async () => {
  const program = await writingProgram()
  const data = join(folder, 'data')
  await mkdir(data)
  const path = join(data, 'settings.json')
  for (let kill = 0; kill < 25; kill++) {
    const child = fork(program, [path])
    const ended = once(child, 'exit')
    await once(child, 'message')
    // The moments of the kills are spread over some writes by reading the file in between.
    for (let reads = 0; reads < (kill % 5) * 3; reads++) await readFile(path)
    child.kill('SIGKILL')
    await ended
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ end: true })
  }
  await removeLeftovers(data)
  expect(await readdir(data)).toEqual(['settings.json'])
})

/** Fills the disk but for one page. */
async function fillButOnePage(path: string): Promise<void> {
  const page = Buffer.alloc(4096)
  for (let size = 0; ; size += page.length) {
    try {
      await writeFile(path, page, { flag: 'a' })
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' })
      return await truncate(path, Math.max(0, size - page.length))
    }
  }
}

/** Null where nothing can be mounted. */
function smallDisk(at: string): (() => void) | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at], { stdio: 'pipe' })
    return () => void execFileSync('umount', [at])
  } catch {
    return null
  }
}

test.for(writers)('%s on a disk with room for a part keeps the old content', async ([, write], { skip }) => {
  const disk = join(folder, 'disk')
  await mkdir(disk)
  const unmount = smallDisk(disk)
  if (!unmount) return skip('nothing can be mounted here: this needs root on Linux')
  atEnd.push(unmount)
  const path = join(disk, 'settings.json')
  const old = 'o'.repeat(8000)
  await write(path, old)
  await fillButOnePage(join(disk, 'filler'))
  await expect(write(path, 'n'.repeat(8000))).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(await readFile(path, 'utf8')).toBe(old)
  expect((await readdir(disk)).sort()).toEqual(['filler', 'settings.json'])
  await rm(join(disk, 'filler'))
  await write(path, 'n'.repeat(8000))
  expect(await readFile(path, 'utf8')).toBe('n'.repeat(8000))
})
