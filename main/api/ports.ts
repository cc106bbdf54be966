/** The two ports of the page's side: a WebSocket to the web host, a MessagePort to the desktop shell. */
import { Emitter } from '../../shared/observable'
import type { Frame, Port } from './rpc'

/** A port over an open or opening WebSocket. Frames that are sent before it is open wait for that. */
export function webSocketPort(socket: Pick<WebSocket, 'addEventListener' | 'readyState' | 'send'>): Port {
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
      if (socket.readyState === WebSocket.CONNECTING) early.push(frame)
      else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    },
    onFrame: (listener) => frames.on(listener),
    onClose: (listener) => closes.on(listener),
  }
}

/** A port over one end of a message channel. */
export function messagePort(port: MessagePort): Port {
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
