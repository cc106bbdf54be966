import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { extract, type Header } from 'tar-stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { archiveOf, archiveOfFolder } from './archive'
import { openHttpEngine } from './testing/index.test-kit'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-archive-'))
  mkdirSync(join(folder, 'app/deep'), { recursive: true })
  writeFileSync(join(folder, 'app/run.sh'), 'echo')
  chmodSync(join(folder, 'app/run.sh'), 0o755)
  writeFileSync(join(folder, 'app/deep/data'), 'data')
  chmodSync(join(folder, 'app/deep/data'), 0o640)
  utimesSync(join(folder, 'app/deep/data'), 1_000_000, 1_000_000)
  symlinkSync('run.sh', join(folder, 'app/start'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Entry {
  readonly header: Header
  readonly content: string
}

async function entriesOf(archive: Readable): Promise<Record<string, Entry>> {
  const entries: Record<string, Entry> = {}
  for await (const entry of archive.pipe(extract())) {
    const { header } = entry
    entries[header.name] = { header, content: await text(Readable.from(entry)) }
  }
  return entries
}

test('a folder is stored under its new name, with modes, times and links', async () => {
  const entries = await entriesOf(await archiveOf(join(folder, 'app'), 'srv/web'))
  expect(Object.keys(entries).sort()).toEqual([
    'srv/web',
    'srv/web/deep',
    'srv/web/deep/data',
    'srv/web/run.sh',
    'srv/web/start',
  ])
  expect(entries['srv/web/run.sh']).toMatchObject({ header: { mode: 0o755, size: 4 }, content: 'echo' })
  expect(entries['srv/web/deep/data']?.header).toMatchObject({ mode: 0o640, mtime: new Date(1_000_000_000) })
  expect(entries['srv/web/start']?.header).toMatchObject({ type: 'symlink', linkname: 'run.sh' })
})

test('everything belongs to root, because the users of this machine mean nothing in a container', async () => {
  const entries = await entriesOf(await archiveOf(join(folder, 'app'), 'app'))
  expect(Object.values(entries).map(({ header }) => [header.uid, header.gid])).toEqual(
    Array.from({ length: 5 }, () => [0, 0]),
  )
})

test('the umask of this process changes no mode', async () => {
  const before = process.umask(0o077)
  try {
    const entries = await entriesOf(await archiveOf(join(folder, 'app/run.sh'), 'run.sh'))
    expect(entries['run.sh']?.header.mode).toBe(0o755)
  } finally {
    process.umask(before)
  }
})

test('a file is stored under its new name, also when a link leads to it', async () => {
  const entries = await entriesOf(await archiveOf(join(folder, 'app/start'), 'bin/start'))
  expect(entries).toMatchObject({ 'bin/start': { header: { type: 'file', mode: 0o755 }, content: 'echo' } })
  expect(Object.keys(entries)).toHaveLength(1)
})

test('a file that is not there is an error before anything is sent', async () => {
  await expect(archiveOf(join(folder, 'missing'), 'x')).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a build context holds the content of the folder, without its name', async () => {
  const entries = await entriesOf(await archiveOfFolder(join(folder, 'app')))
  expect(Object.keys(entries)).toEqual(expect.arrayContaining(['run.sh', 'deep/data', 'start']))
})

test('a file that vanishes while it is sent fails the call, and nothing else', async () => {
  await using engine = await openHttpEngine()
  engine.handle((request) => request.resume())
  const broken = new Readable({ read: () => undefined })
  broken.push('some')
  const copy = engine.client.containers.copyIn('c1', '/', broken)
  broken.destroy(new Error('the file has vanished'))
  await expect(copy).rejects.toThrow('the file has vanished')
})
