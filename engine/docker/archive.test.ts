import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { extract, type Header } from 'tar-stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { archiveOfFolder } from './archive'
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

test('everything belongs to root, because the users of this machine mean nothing in a container', async () => {
  const entries = await entriesOf(await archiveOfFolder(join(folder, 'app')))
  expect(Object.values(entries).map(({ header }) => [header.uid, header.gid])).toEqual(
    Array.from({ length: 5 }, () => [0, 0]),
  )
})

test('the umask of this process changes no mode', async () => {
  const before = process.umask(0o077)
  try {
    const entries = await entriesOf(await archiveOfFolder(join(folder, 'app')))
    expect(entries['run.sh']?.header.mode).toBe(0o755)
  } finally {
    process.umask(before)
  }
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
