import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { printAddressOf } from './open-command'

const TOKEN = 'a'.repeat(32)
let folder: string
let printed: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-open-'))
  vi.stubEnv('CAPSTAN_DATA', folder)
  printed = ''
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function open(link: string): Promise<number> {
  const out = (text: string) => {
    printed += text
  }
  return await printAddressOf(link, { json: true, out, err: () => undefined })
}

test('a link is opened at the address that was served last', async () => {
  await writeFile(join(folder, 'web-host.json'), JSON.stringify({ port: 4000, token: TOKEN }), {
    mode: 0o600,
  })
  expect(await open('capstan://playground?managers=3')).toBe(0)
  expect(JSON.parse(printed)).toEqual({ url: `http://127.0.0.1:4000/?token=${TOKEN}#/playground?managers=3` })
})

test('without such an address, the error says what to run', async () => {
  await expect(open('capstan://playground')).rejects.toMatchObject({ code: 'not-found' })
})

test('what is no link of ours is refused', async () => {
  await expect(open('https://example.org')).rejects.toMatchObject({ code: 'bad-input' })
})
