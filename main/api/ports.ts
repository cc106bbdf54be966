/** The two ports of the page's side: a WebSocket to the web host, a MessagePort to the desktop shell. */
import type { Frame, Port } from './rpc'

/** A list of listeners that says how to leave it. */
function listeners<T>() {
  const all = new Set<(value: T) => void>()
  return {
    add: (listener: (value: T) => void) => {
      all.add(listener)
      return () => void all.delete(listener)
    },
    tell: (value: T) => {
      for (const listener of all) listener(value)
    },
  }
}

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

/** A port over an open or opening WebSocket; what is sent before it is open waits. */
export function webSocketPort(socket: BrowserSocket): Port {
  const frames = listeners<unknown>()
  const closes = listeners<void>()
  const early: Frame[] = []
  socket.addEventListener('open', () => {
    for (const frame of early.splice(0)) socket.send(JSON.stringify(frame))
  })
  socket.addEventListener('message', ({ data }) => frames.tell(JSON.parse(String(data))))
  socket.addEventListener('close', () => closes.tell())
  return {
    send: (frame) => {
      if (socket.readyState === CONNECTING) early.push(frame)
      else if (socket.readyState === OPEN) socket.send(JSON.stringify(frame))
    },
    onFrame: frames.add,
    onClose: closes.add,
  }
}

/** A port over one end of a message channel. */
export function messagePort(port: ChannelEnd): Port {
  const frames = listeners<unknown>()
  const closes = listeners<void>()
  port.addEventListener('message', ({ data }) => frames.tell(data))
  port.addEventListener('close', () => closes.tell())
  port.start()
  return { send: (frame) => port.postMessage(frame), onFrame: frames.add, onClose: closes.add }
}
