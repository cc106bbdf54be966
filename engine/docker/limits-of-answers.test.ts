import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type HttpEngine, openHttpEngine } from './testing/index.test-kit'

let engine: HttpEngine
beforeEach(async () => {
  engine = await openHttpEngine()
})
afterEach(() => engine[Symbol.asyncDispose]())

const PIECE = Buffer.alloc(64 * 1024, 'x')

/** Sends without an end, until the client closes the connection. @returns a promise of the bytes that were taken */
function endless(status = 200): Promise<number> {
  return new Promise((resolve) => {
    engine.handle((request, response) => {
      request.resume()
      response.writeHead(status)
      let taken = 0
      const send = () => {
        response.write(PIECE, (error) => {
          if (error) return
          taken += PIECE.length
          send()
        })
      }
      response.once('close', () => resolve(taken))
      send()
    })
  })
}

const MIB = 1024 * 1024

test.each([
  ['a body', 200, 6 * MIB, 'larger than 4194304 bytes'],
  ['a refusal', 500, 2 * MIB, 'larger than 65536 bytes'],
])('%s without an end is given up, and its connection is closed', async (_what, status, most, words) => {
  const taken = endless(status)
  await expect(engine.client.get('/containers/json')).rejects.toMatchObject({
    code: 'engine-refused',
    message: expect.stringContaining(words),
  })
  expect(await taken).toBeLessThan(most)
})

test('a line without an end ends a build', async () => {
  const taken = endless()
  await expect(engine.client.images.pull('nginx')).rejects.toMatchObject({
    code: 'engine-refused',
    message: expect.stringContaining('a line of more than 1048576 bytes (pulling nginx)'),
  })
  expect(await taken).toBeLessThan(3 * MIB)
})

test('a line without an end ends a watch of events', async () => {
  void endless()
  await new Promise<void>((resolve, reject) => {
    engine.client.watchEvents({ onEvent: () => undefined, onEnd: resolve }).catch(reject)
  })
})

test.each([
  ['an id that leads elsewhere', { Id: '../../images/x?force=1' }, 'Id'],
  ['an id that is a number', { Id: 7 }, 'Id'],
  ['no object', null, 'as a whole'],
])('%s is an error that names the place', async (_what, answer, place) => {
  engine.answer(201, answer)
  await expect(engine.client.containers.create({})).rejects.toMatchObject({
    code: 'engine-refused',
    message: expect.stringContaining(place),
    help: expect.stringContaining('Something else than a Docker Engine'),
  })
})

test('events of another form end the watch, and nobody sees them', async () => {
  let live: ServerResponse | undefined
  engine.handle((_request, response) => {
    live = response
    response.flushHeaders()
  })
  const seen: unknown[] = []
  await new Promise<void>((resolve, reject) => {
    const watch = { onEvent: (event: unknown) => seen.push(event), onEnd: resolve }
    engine.client.watchEvents(watch).then(() => live?.write('{"Action":{}}\n'), reject)
  })
  expect(seen).toEqual([])
})

test('output that is not made of frames is an error, at once', async () => {
  engine.answerFrom({ '/containers/c1/exec': { Id: 'e1' }, '/exec/e1/json': { Running: false, ExitCode: 0 } })
  engine.onCommand((connection) => connection.write('HTTP/1.1 200 OK\r\n\r\n'))
  await expect(engine.client.execs.run('c1', ['true'])).rejects.toMatchObject({
    message: expect.stringContaining('is not a stream of frames'),
  })
  const pipe = await engine.client.execs.openPipe('c1', ['nc'])
  await expect(pipe.toArray()).rejects.toMatchObject({ code: 'engine-refused' })
})

test('a connection that is not handed over is an error', async () => {
  engine.answer(200, { Id: 'e1' })
  await expect(engine.client.execs.openPipe('c1', ['nc'])).rejects.toMatchObject({
    message: expect.stringContaining('hands over no connection'),
  })
})
