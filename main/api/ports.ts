/** The two ports of the page's side: a WebSocket to the web host, a MessagePort to the desktop shell. */
import { Emitter } from '../../shared/observable'
import type { Frame, Port } from './rpc'

/** The part of a browser's WebSocket that is used here. The contract has no types of a runtime. */
export interface BrowserSocket {
  readonly readyState: number
  send(text: string): void
  addEventListener(type: 'open' | 'close', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** The part of one end of a message channel that is used here. */
export interface ChannelEnd {
  start(): void
  postMessage(message: unknown): void
  addEventListener(type: 'close', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** The states of a WebSocket, as the standard numbers them. */
const CONNECTING = 0
const OPEN = 1

/** A port over an open or opening WebSocket. Frames that are sent before it is open wait for that. */
export function webSocketPort(socket: BrowserSocket): Port {
  const frames = new Emitter<unknown>()
  const closes = new Emitter()
  const early: Frame[] = []
  socket.addEventListener('open', () => {
    for (const frame of early.splice(0)) socket.send(JSON.stringify(frame))
  })
  socket.addEventListener('message', ({ data }) => frames.emit(JSON.parse(String(data))))
  socket.addEventListener('close', () => closes.emit())
  return {
    send: (frame) => {
      if (socket.readyState === CONNECTING) early.push(frame)
      else if (socket.readyState === OPEN) socket.send(JSON.stringify(frame))
    },
    onFrame: (listener) => frames.on(listener),
    onClose: (listener) => closes.on(listener),
  }
}

/** A port over one end of a message channel. */
export function messagePort(port: ChannelEnd): Port {
  const frames = new Emitter<unknown>()
  const closes = new Emitter()
  port.addEventListener('message', ({ data }) => frames.emit(data))
  port.addEventListener('close', () => closes.emit())
  port.start()
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (listener) => frames.on(listener),
    onClose: (listener) => closes.on(listener),
  }
}
