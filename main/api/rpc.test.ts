import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { z } from 'zod'
import { Emitter } from '../../shared/observable'
import { type PortPair, portsInMemory } from '../../test/fakes/memory-ports'
import { type Client, connect } from './connect'
import { ApiError, toWire } from './errors'
import type { Frame, Handlers, Port } from './rpc'
import { serve } from './serve'

const contract = {
  calls: {
    'item.next': { in: z.object({ examId: z.string() }), out: z.object({ stem: z.string() }) },
    'item.fail': { in: z.object({ how: z.enum(['for-users', 'bug', 'bad-output']) }), out: z.object({}) },
    'item.wait': { in: z.object({}), out: z.object({}) },
  },
  streams: {
    'count.watch': { in: z.object({ from: z.number() }), out: z.number() },
    'count.bad': { in: z.object({}), out: z.number() },
  },
} as const

const internal = vi.fn()
let waiting: AbortSignal | null = null
let stopped = 0
const numbers = new Emitter<number>()

const handlers: Handlers<typeof contract> = {
  calls: {
    'item.next': async () => ({ stem: 'Which command…', correct: 2 }) as { stem: string },
    'item.fail': async ({ how }) => {
      if (how === 'for-users')
        throw new ApiError({ code: 'no-engine', message: 'No engine.', help: 'Start one.' })
      if (how === 'bug') throw new TypeError('secret detail')
      return 'not an object' as never
    },
    'item.wait': async (_input, signal) => {
      waiting = signal
      return await new Promise(() => undefined)
    },
  },
  streams: {
    'count.watch': ({ from }, emit) => {
      for (const step of [0, 1, 2]) emit(from + step)
      return () => {
        stopped++
      }
    },
    'count.bad': (_input, emit) => numbers.on(emit),
  },
}

function messageChannel(): PortPair {
  const { port1, port2 } = new MessageChannel()
  const port = (end: typeof port1): Port => ({
    send: (frame) => end.postMessage(frame),
    onFrame: (listener) => {
      end.on('message', listener)
      return () => void end.off('message', listener)
    },
    onClose: (listener) => {
      end.on('close', listener)
      return () => void end.off('close', listener)
    },
  })
  return { host: port(port1), page: port(port2), close: () => port1.close() }
}

async function webSocket(): Promise<PortPair> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve))
  const page = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
  await new Promise((resolve) => page.once('open', resolve))
  const port = (socket: WebSocket): Port => ({
    send: (frame) => socket.send(JSON.stringify(frame)),
    onFrame: (listener) => {
      const receive = (data: Buffer) => listener(JSON.parse(data.toString()))
      socket.on('message', receive)
      return () => void socket.off('message', receive)
    },
    onClose: (listener) => {
      socket.on('close', listener)
      return () => void socket.off('close', listener)
    },
  })
  return {
    host: port(await accepted),
    page: port(page),
    close: () => {
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}

describe.each([
  ['memory', portsInMemory],
  ['a message channel', messageChannel],
  ['a loopback WebSocket', webSocket],
])('over %s', (_name, open) => {
  let pair: PortPair | undefined
  afterEach(() => pair?.close())

  async function start(): Promise<Client<typeof contract>> {
    pair = await open()
    serve(contract, handlers, pair.host, { onInternalError: internal })
    return connect<typeof contract>(pair.page)
  }

  test('a field that the contract does not name never arrives', async () => {
    const client = await start()
    expect(await client.call('item.next', { examId: 'e' })).toEqual({ stem: 'Which command…' })
  })

  test('bad input is refused with its place', async () => {
    const client = await start()
    await expect(client.call('item.next', { examId: 7 as never })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('examId'),
    })
  })

  test('an unknown name is refused, also a name that every object has', async () => {
    const client = await start()
    await expect(client.call('toString' as never, {} as never)).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('an error for users arrives with its help', async () => {
    const client = await start()
    await expect(client.call('item.fail', { how: 'for-users' })).rejects.toMatchObject({
      code: 'no-engine',
      help: 'Start one.',
    })
  })

  test.each(['bug', 'bad-output'] as const)(
    'the words of a %s stay in the host, and are reported',
    async (how) => {
      const client = await start()
      internal.mockClear()
      const error = await client.call('item.fail', { how }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'internal' })
      expect(String(error)).not.toContain('secret')
      expect(internal).toHaveBeenCalledOnce()
    },
  )

  test('a call that is cancelled ends at the host', async () => {
    const client = await start()
    waiting = null
    const abort = new AbortController()
    const call = client.call('item.wait', {}, abort.signal)
    await vi.waitUntil(() => waiting)
    abort.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    await vi.waitUntil(() => waiting?.aborted)
  })

  test('a stream gives its values until it is left', async () => {
    const client = await start()
    const items: number[] = []
    const before = stopped
    const stop = client.subscribe('count.watch', { from: 5 }, { onItem: (item) => items.push(item) })
    await vi.waitUntil(() => items.length === 3)
    expect(items).toEqual([5, 6, 7])
    stop()
    await vi.waitUntil(() => stopped === before + 1)
  })

  test('a value of a stream that breaks the contract ends this stream, and harms no other listener', async () => {
    const client = await start()
    internal.mockClear()
    const heard: number[] = []
    const items: number[] = []
    const failed = new Promise((resolve) =>
      client.subscribe('count.bad', {}, { onItem: (item) => items.push(item), onError: resolve }),
    )
    await vi.waitUntil(() => numbers.hasListeners)
    const stop = numbers.on((value) => heard.push(value))
    for (const value of [1, Number.NaN, 3]) numbers.emit(value)
    stop()
    expect(await failed).toMatchObject({ code: 'internal' })
    expect(items).toEqual([1])
    expect(heard).toEqual([1, Number.NaN, 3])
    expect(numbers.hasListeners).toBe(false)
    expect(internal).toHaveBeenCalledOnce()
  })

  test('when the line breaks, everything that waits hears of it', async () => {
    const client = await start()
    const call = client.call('item.wait', {})
    const failed = new Promise((resolve) =>
      client.subscribe('count.watch', { from: 1 }, { onItem: () => undefined, onError: resolve }),
    )
    pair?.close()
    await expect(call).rejects.toMatchObject({ code: 'disconnected' })
    expect(await failed).toMatchObject({ code: 'disconnected' })
  })

  test('values that are no frames are passed over', async () => {
    const client = await start()
    pair?.page.send({ t: 'nonsense' } as unknown as Frame)
    pair?.page.send(null as unknown as Frame)
    expect(await client.call('item.next', { examId: 'e' })).toHaveProperty('stem')
  })
})

test('a call that was cancelled before it began is not sent', async () => {
  const send = vi.fn()
  const client = connect<typeof contract>({
    send,
    onFrame: () => () => undefined,
    onClose: () => () => undefined,
  })
  await expect(client.call('item.wait', {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  expect(send).not.toHaveBeenCalled()
})

test('callers and handlers are typed by the contract', () => {
  expectTypeOf<Client<typeof contract>['call']>()
    .parameter(0)
    .toEqualTypeOf<'item.next' | 'item.fail' | 'item.wait'>()
})

test('only errors with a code and a help text keep their words', () => {
  expect(toWire(new Error('/root/secret'))).toMatchObject({
    code: 'internal',
    message: 'Something went wrong inside Capstan.',
  })
  expect(toWire(Object.assign(new Error('Full.'), { code: 'no-space', help: null }))).toEqual({
    code: 'no-space',
    message: 'Full.',
    help: null,
  })
})
