import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { extract, type Header } from 'tar-stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ArchiveOptions, archiveOfLabFiles, hashOfTree, readTree } from '.'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-archive-'))
  mkdirSync(join(folder, 'app/deep'), { recursive: true })
  writeFileSync(join(folder, 'app/run.sh'), 'echo', { mode: 0o755 })
  writeFileSync(join(folder, 'app/deep/data'), 'data', { mode: 0o600 })
  utimesSync(join(folder, 'app/deep/data'), 1_000_000, 1_000_000)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (path: string) => join(folder, path)

async function entriesOf(from: string, options: ArchiveOptions) {
  const entries: Record<string, { header: Header; content: string }> = {}
  for await (const entry of (await archiveOfLabFiles(from, options)).pipe(extract()))
    entries[entry.header.name] = { header: entry.header, content: await text(Readable.from(entry)) }
  return entries
}

test('a folder is packed under its new name, for root, with modes that do not depend on this machine', async () => {
  const entries = await entriesOf(at('app'), { name: 'srv/web' })
  expect(Object.keys(entries)).toEqual(['srv/web', 'srv/web/deep', 'srv/web/deep/data', 'srv/web/run.sh'])
  expect(entries['srv/web/run.sh']).toMatchObject({
    header: { mode: 0o755, uid: 0, gid: 0 },
    content: 'echo',
  })
  expect(entries['srv/web/deep/data']).toMatchObject({
    header: { mode: 0o644, mtime: new Date(1_000_000_000) },
    content: 'data',
  })
})

test('a file is packed under its new name', async () => {
  expect(await entriesOf(at('app/run.sh'), { name: 'bin/start' })).toMatchObject({
    'bin/start': { header: { type: 'file', mode: 0o755 }, content: 'echo' },
  })
})

test('a name and a content of the largest size arrive whole', async () => {
  const name = Array(12).fill('n'.repeat(100)).join('/')
  mkdirSync(at(`app/${name}`), { recursive: true })
  writeFileSync(at(`app/${name}/large`), 'x'.repeat(10_000_000))
  const entries = await entriesOf(at('app'), { name: 'app' })
  expect(entries[`app/${name}/large`]?.content).toHaveLength(10_000_000)
})

test.each([
  ['a private key of the host', '/etc/hostname'],
  ['a folder of the host', '../..'],
  ['nothing', 'nowhere'],
])('a link to %s is not packed', async (_what, target) => {
  symlinkSync(target, at('app/config'))
  await expect(archiveOfLabFiles(at('app'), { name: 'app' })).rejects.toMatchObject({
    code: 'lab-invalid',
    message: expect.stringContaining('"config" in'),
  })
  await expect(archiveOfLabFiles(at('app/config'), { name: 'app' })).rejects.toMatchObject({
    code: 'lab-invalid',
    message: expect.stringContaining('is a link'),
  })
})

test('files that are not those that were loaded are not packed', async () => {
  const hash = hashOfTree(await readTree(at('app')))
  await expect(archiveOfLabFiles(at('app'), { name: 'app', hash })).resolves.toBeInstanceOf(Readable)
  writeFileSync(at('app/run.sh'), 'evil')
  await expect(archiveOfLabFiles(at('app'), { name: 'app', hash })).rejects.toMatchObject({
    code: 'lab-invalid',
    message: expect.stringContaining('has changed since the lab was loaded'),
  })
})

test('a file that is not there is an error about the lab, not about an engine', async () => {
  await expect(archiveOfLabFiles(at('gone'), { name: 'x' })).rejects.toMatchObject({
    code: 'lab-invalid',
    message: `${at('gone')} cannot be read.`,
  })
})
