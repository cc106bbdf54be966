import { MessageChannel } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { messagePort, webSocketPort } from './ports'
import type { Frame } from './rpc'

/** A WebSocket as a browser has it, which the test opens, feeds and closes. */
class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 3
  readyState = FakeSocket.CONNECTING
  readonly sent: string[] = []

  send(text: string): void {
    if (this.readyState !== FakeSocket.OPEN) throw new Error('It is not open.')
    this.sent.push(text)
  }

  open(): void {
    this.readyState = FakeSocket.OPEN
    this.dispatchEvent(new Event('open'))
  }

  receive(value: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(value) }))
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED
    this.dispatchEvent(new Event('close'))
  }
}

const call = (id: number): Frame => ({ t: 'call', id, name: 'a.b', in: {} })

describe('a port over a WebSocket', () => {
  let socket: FakeSocket
  beforeAll(() => vi.stubGlobal('WebSocket', FakeSocket))
  afterAll(() => vi.unstubAllGlobals())
  beforeEach(() => {
    socket = new FakeSocket()
  })
  const port = () => webSocketPort(socket)

  test('keeps what is sent before it is open, in order', () => {
    const { send } = port()
    send(call(1))
    send(call(2))
    expect(socket.sent).toEqual([])
    socket.open()
    send(call(3))
    expect(socket.sent.map((text) => JSON.parse(text).id)).toEqual([1, 2, 3])
  })

  test('drops what is sent after its end', () => {
    const { send } = port()
    socket.open()
    socket.close()
    expect(() => send(call(1))).not.toThrow()
    expect(socket.sent).toEqual([])
  })

  test('gives every listener each frame and the end, until it stops', () => {
    const { onFrame, onClose } = port()
    const heard: unknown[] = []
    const stop = onFrame((frame) => heard.push(['first', frame]))
    onFrame((frame) => heard.push(['second', frame]))
    onClose(() => heard.push('closed'))
    socket.receive({ t: 'hello' })
    stop()
    socket.receive(null)
    socket.close()
    expect(heard).toEqual([['first', { t: 'hello' }], ['second', { t: 'hello' }], ['second', null], 'closed'])
  })
})

describe('a port over a message channel', () => {
  let channel: MessageChannel
  beforeEach(() => {
    channel = new MessageChannel()
  })
  afterEach(() => channel.port1.close())

  test('carries frames both ways and reports the end', async () => {
    const one = messagePort(channel.port1 as unknown as MessagePort)
    const other = messagePort(channel.port2 as unknown as MessagePort)
    const heard: unknown[] = []
    one.onFrame((frame) => heard.push(frame))
    other.onFrame(() => other.send({ t: 'ok', id: 1, out: 'answer' }))
    one.onClose(() => heard.push('closed'))
    one.send(call(1))
    await expect.poll(() => heard).toEqual([{ t: 'ok', id: 1, out: 'answer' }])
    channel.port2.close()
    await expect.poll(() => heard.at(-1)).toBe('closed')
  })
})
