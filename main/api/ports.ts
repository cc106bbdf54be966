/** The two ports of the page's side: a WebSocket to the web host, a MessagePort to the desktop shell. */
import { Emitter } from '../../shared/observable'
import { ApiError, TOO_LARGE } from './errors'
import { LARGEST_FRAME } from './limits'
import type { Port } from './rpc'

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

/** The most bytes that a UTF-16 unit takes in UTF-8. */
const BYTES_OF_A_UNIT = 3

/**
 * A port over an open or opening WebSocket. Frames that are sent before it is open wait for that. `send` throws an
 * ApiError `too-large` for a frame that the host would refuse.
 */
export function webSocketPort(socket: BrowserSocket): Port {
  const frames = new Emitter<unknown>()
  const closes = new Emitter()
  const early: string[] = []
  socket.addEventListener('open', () => {
    for (const text of early.splice(0)) socket.send(text)
  })
  socket.addEventListener('message', ({ data }) => frames.emit(JSON.parse(String(data))))
  socket.addEventListener('close', () => closes.emit())
  return {
    send: (frame) => {
      const text = JSON.stringify(frame)
      if (isTooLarge(text)) throw new ApiError(TOO_LARGE)
      if (socket.readyState === CONNECTING) early.push(text)
      else if (socket.readyState === OPEN) socket.send(text)
    },
    onFrame: (listener) => frames.on(listener),
    onClose: (listener) => closes.on(listener),
  }
}

/** Most frames are so short that they need no counting. */
function isTooLarge(text: string): boolean {
  if (text.length * BYTES_OF_A_UNIT <= LARGEST_FRAME) return false
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes > LARGEST_FRAME
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
