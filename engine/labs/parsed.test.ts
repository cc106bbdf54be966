import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { loadCatalogue } from './catalogue'
import { loadLab } from './load'
import { type ParsedLabs, withoutPlace } from './parsed'

const LABS = fileURLToPath(new URL('../../labs', import.meta.url))
let folder: string
let parsed: ParsedLabs

/** Each lab as it is after its way through a file. */
async function parsedLabs(): Promise<ParsedLabs> {
  const labs = (await loadCatalogue(LABS)).flatMap(({ lab }) => lab ?? [])
  return new Map(labs.map((lab) => [lab.hash, JSON.parse(JSON.stringify(withoutPlace(lab)))]))
}

beforeAll(async () => {
  parsed = await parsedLabs()
})
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'capstan-parsed-')), 'domain', 'a-copy')
  await cp(join(LABS, 'images/multi-stage-build'), folder, { recursive: true })
})
afterEach(async () => await rm(join(folder, '../..'), { recursive: true }))

test('a lab that was parsed before is the same as one that is parsed now', async () => {
  expect(parsed.size).toBeGreaterThan(20)
  const again = await loadCatalogue(LABS, { read: (path, signal) => loadLab(path, signal, parsed) })
  expect(again).toEqual(await loadCatalogue(LABS))
})

test('it is taken from what was parsed, at the place where its folder is', async () => {
  const { lab } = await loadLab(folder)
  const known = new Map([
    [lab?.hash ?? '', { ...withoutPlace(lab as NonNullable<typeof lab>), title: 'Parsed' }],
  ])
  const result = await loadLab(folder, undefined, known)
  expect(result.lab).toEqual({ ...lab, title: 'Parsed' })
})

test('a folder that was changed is parsed', async () => {
  await writeFile(join(folder, 'lab.yaml'), 'title: no lab')
  expect((await loadLab(folder, undefined, parsed)).lab).toBeNull()
})

test('a folder with something that no lab may hold is refused all the same', async () => {
  expect((await loadLab(folder, undefined, parsed)).lab).not.toBeNull()
  await symlink('/etc/passwd', join(folder, 'link'))
  const { lab, problems } = await loadLab(folder, undefined, parsed)
  expect([lab, problems[0]?.message]).toEqual([null, expect.stringContaining('is a link')])
})
