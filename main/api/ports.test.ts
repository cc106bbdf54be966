import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Emitter } from '../../shared/observable'
import { type BrowserSocket, type ChannelEnd, messagePort, webSocketPort } from './ports'
import type { Frame } from './rpc'

/** A WebSocket as a browser has it, which the test opens, feeds and closes. */
class FakeSocket implements BrowserSocket {
  /** The states as the standard numbers them: 0 connecting, 1 open, 3 closed. */
  readyState = 0
  readonly sent: string[] = []
  readonly #listeners: Record<string, Emitter<{ readonly data: unknown }>> = {
    open: new Emitter(),
    close: new Emitter(),
    message: new Emitter(),
  }

  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void {
    this.#listeners[type]?.on(listener)
  }

  send(text: string): void {
    if (this.readyState !== 1) throw new Error('It is not open.')
    this.sent.push(text)
  }

  open(): void {
    this.readyState = 1
    this.#listeners.open?.emit({ data: null })
  }

  receive(value: unknown): void {
    this.#listeners.message?.emit({ data: JSON.stringify(value) })
  }

  close(): void {
    this.readyState = 3
    this.#listeners.close?.emit({ data: null })
  }
}

const call = (id: number): Frame => ({ t: 'call', id, name: 'a.b', in: {} })

describe('a port over a WebSocket', () => {
  let socket: FakeSocket
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

/** Node's port does what a browser's does, but its types know no events with names. */
const end = (port: MessagePort): ChannelEnd => port as unknown as ChannelEnd

describe('a port over a message channel', () => {
  let channel: MessageChannel
  beforeEach(() => {
    channel = new MessageChannel()
  })
  afterEach(() => channel.port1.close())

  test('carries frames both ways and reports the end', async () => {
    const one = messagePort(end(channel.port1))
    const other = messagePort(end(channel.port2))
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
