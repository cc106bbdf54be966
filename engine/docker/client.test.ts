import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineEvent } from './answers'
import { DockerClient } from './client'
import { type HttpEngine, openHttpEngine } from './testing/index.test-kit'

let engine: HttpEngine
let client: DockerClient

beforeEach(async () => {
  engine = await openHttpEngine()
  client = engine.client
})
afterEach(() => engine[Symbol.asyncDispose]())

test('a GET answers with its JSON', async () => {
  engine.handle((request, response) => void response.end(JSON.stringify({ url: request.url })))
  expect(await client.get('/containers/json?all=1')).toEqual({ url: '/containers/json?all=1&' })
})

test("a refusal carries the status and the engine's own words", async () => {
  engine.handle((_request, response) => void response.writeHead(409).end('{"message":"It is paused"}'))
  await expect(client.get('/x')).rejects.toMatchObject({
    code: 'engine-refused',
    status: 409,
    message: 'It is paused',
  })
})

test('a removal of a container that is gone already succeeds', async () => {
  engine.handle((_request, response) => void response.writeHead(404).end('{"message":"No such container"}'))
  await client.containers.remove('x')
  expect(await client.images.exists('x')).toBe(false)
})

test('a removal waits for one that is in progress already', async () => {
  const asked: string[] = []
  engine.handle((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (request.method === 'POST') response.end('{"StatusCode":0}')
    else response.writeHead(409).end('{"message":"removal of container x is already in progress"}')
  })
  await client.containers.remove('x')
  expect(asked.at(-1)).toContain('wait?condition=removed')
})

test('no call waits longer than its limit', async () => {
  engine.handle(() => undefined)
  await expect(client.ping(30)).rejects.toMatchObject({
    code: 'engine-timeout',
    message: expect.stringContaining('asking whether it is there'),
  })
})

test.each([
  ['ping', (signal: AbortSignal) => client.ping(10_000, { signal })],
  ['version', (signal: AbortSignal) => client.version({ signal })],
  ['info', (signal: AbortSignal) => client.info({ signal })],
])('%s ends with its signal', async (_name, call) => {
  engine.handle(() => undefined)
  const abort = new AbortController()
  const asked = call(abort.signal)
  abort.abort()
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
})

test('a call ends with its signal', async () => {
  engine.handle(() => undefined)
  const abort = new AbortController()
  const call = client.execs.run('c', ['true'], { signal: abort.signal })
  abort.abort()
  await expect(call).rejects.toMatchObject({ code: 'cancelled' })
})

test('an engine that dies in the middle of an answer is gone', async () => {
  engine.handle((_request, response) => void response.end('OK'))
  await client.ping()
  engine.handle((_request, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('{"half":', () => response.destroy())
  })
  await expect(client.get('/x')).rejects.toMatchObject({ code: 'engine-gone' })
})

test('an engine that has gone and one that never was there are different errors', async () => {
  engine.handle((_request, response) => void response.end('{}'))
  await client.ping()
  await engine.stop()
  await expect(client.ping()).rejects.toMatchObject({ code: 'engine-gone' })
  const other = DockerClient.to({ kind: 'socket', path: `${engine.socket}.none` })
  await expect(other.ping()).rejects.toMatchObject({ code: 'no-engine' })
})

test('a build reports its lines and fails with the words of the builder', async () => {
  engine.handle((_request, response) => {
    response.write('{"stream":"Step 1/2 : FROM x\\n"}\n{"str')
    response.end('eam":"working"}\n{"error":"exit code 1"}\n')
  })
  const lines: string[] = []
  const build = client.images.build(Buffer.alloc(0), { tag: 'x', onLine: (line) => lines.push(line) })
  await expect(build).rejects.toMatchObject({ code: 'image-failed', message: 'exit code 1' })
  expect(lines).toEqual(['Step 1/2 : FROM x', 'working'])
})

test('the limit of a build holds until its end', async () => {
  engine.handle((_request, response) => void response.write('{"stream":"Step 1/2 : FROM x\\n"}\n'))
  await expect(client.images.build(Buffer.alloc(0), { tag: 'x', limitMs: 80 })).rejects.toMatchObject({
    code: 'engine-timeout',
  })
})

test('a full disk during an import is an error of its own, and the stream that was being sent is closed', async () => {
  engine.handle((request, response) => {
    request.resume()
    response.end('{"error":"write /layer.tar: no space left on device"}\n')
  })
  const tar = new Readable({ read: () => undefined })
  tar.push('some')
  await expect(client.images.import(tar, { repo: 'x', tag: 'y' })).rejects.toMatchObject({ code: 'no-space' })
  expect(tar.destroyed).toBe(true)
})

test('events arrive one by one, and then their end is reported', async () => {
  let live: ServerResponse | undefined
  engine.handle((_request, response) => {
    live = response
    response.flushHeaders()
  })
  const seen: EngineEvent['Action'][] = []
  const ended = new Promise<void>((resolve, reject) => {
    client.watchEvents({ onEvent: ({ Action }) => seen.push(Action), onEnd: resolve }).then(() => {
      live?.write('{"Action":"start"}\n{"Act')
      live?.end('ion":"die"}\n')
    }, reject)
  })
  await ended
  expect(seen).toEqual(['start', 'die'])
})

test('a watch that is stopped closes its connection and reports no end', async () => {
  const closed = new Promise<void>((resolve) => {
    engine.handle((request, response) => {
      request.socket.once('close', resolve)
      response.flushHeaders()
    })
  })
  let ends = 0
  const stop = await client.watchEvents({ onEvent: () => undefined, onEnd: () => ends++ })
  stop()
  await closed
  expect(ends).toBe(0)
})

test('a command that is refused leaves no connection behind', async () => {
  const closed = new Promise<void>((resolve) => {
    engine.handle((request, response) => {
      const isStart = request.url?.includes('/start') ?? false
      if (isStart) request.socket.once('close', resolve)
      response.writeHead(isStart ? 409 : 201, { 'content-type': 'application/json' })
      response.end(isStart ? '{"message":"container is not running"}' : '{"Id":"e1"}')
    })
  })
  await expect(client.execs.openPipe('gone', ['true'])).rejects.toMatchObject({ status: 409 })
  await closed
})
