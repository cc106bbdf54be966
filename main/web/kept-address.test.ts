import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWebHost } from '.'
import { readAddress } from './kept-address'

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'capstan-address-'))
})
afterEach(async () => await rm(data, { recursive: true }))

const path = () => join(data, 'web-host.json')
const start = (port = 0) => startWebHost({ port, folder: data, data, onPage: () => expect.fail('no page') })

async function urlOfAStart(): Promise<URL> {
  const host = await start()
  await host.close()
  return new URL(host.url)
}

test('address and token are those of the last start', async () => {
  const first = await urlOfAStart()
  expect((await urlOfAStart()).href).toBe(first.href)
})

test('the port is none that a system gives to somebody who asks for any', async () => {
  const port = Number((await urlOfAStart()).port)
  expect(port).toBeGreaterThanOrEqual(20_000)
  expect(port).toBeLessThan(32_768)
})

test.skipIf(process.platform === 'win32')('the file is the user’s alone', async () => {
  await urlOfAStart()
  expect((await stat(path())).mode & 0o777).toBe(0o600)
})

test.skipIf(process.platform === 'win32')('a token that others could read is not used again', async () => {
  const first = await urlOfAStart()
  await chmod(path(), 0o644)
  expect((await urlOfAStart()).search).not.toBe(first.search)
})

test('a port that is in use meanwhile is replaced, and the token stays', async () => {
  const first = await start()
  const other = await start()
  expect(new URL(other.url).port).not.toBe(new URL(first.url).port)
  expect(new URL(other.url).search).toBe(new URL(first.url).search)
  await other.close()
  await first.close()
})

test.each(['', '{', 'null', '{"port":0,"token":""}', `{"port":4000,"token":"${'x'.repeat(33)}"}`])(
  'a file with %j is replaced',
  async (content) => {
    await writeFile(path(), content, { mode: 0o600 })
    expect(await readAddress(data)).toBeNull()
    const { port } = await urlOfAStart()
    expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({ port: Number(port) })
  },
)
