import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { Emitter } from '../../shared/observable'
import { cliFolder, runCli, runJson } from '../../test/run-cli'
import { runProgram } from './program'

cliFolder()

test('serve prints its address as one JSON document, and ends with exit code 0 when it is stopped', async () => {
  const stop = new AbortController()
  let [out, err] = ['', '']
  const started = new Emitter<string>()
  const address = new Promise<string>((resolve) => started.on(resolve))
  const ended = runProgram(['serve'], {
    out: (text) => {
      out += text
      started.emit(text)
    },
    err: (text) => {
      err += text
    },
    signal: stop.signal,
  })
  const { url } = JSON.parse(await address)
  const { origin, searchParams } = new URL(url)
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(searchParams.get('token')).toMatch(/^[\w-]{32}$/)
  expect((await fetch(origin)).headers.get('content-security-policy')).toContain("default-src 'none'")
  stop.abort()
  expect(await ended).toBe(0)
  expect(out).toBe(`${JSON.stringify({ url })}\n`)
  expect(err).toContain(`${origin}/`)
  // Reports end up in logs, and the token is a password.
  expect(err).not.toContain(searchParams.get('token'))
  await expect(fetch(origin)).rejects.toThrow()
})

test('serve that is stopped before it runs ends at once', async () => {
  expect((await runCli(['serve'], AbortSignal.abort())).exitCode).toBe(0)
})

test('a port that is taken ends with exit code 2, and gives the data folder back', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { exitCode, answer } = await runJson('serve', '--port', String(port))
  expect({ exitCode, code: answer.error.code }).toEqual({ exitCode: 2, code: 'port-in-use' })
  other.close()
  expect((await runCli(['serve'], AbortSignal.abort())).exitCode).toBe(0)
})
