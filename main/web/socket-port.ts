/** A contract port over one accepted WebSocket. Nothing that comes over it, and nothing that it does, ends the host. */
import type { RawData, WebSocket } from 'ws'
import type { Frame, Port } from '../api'
import { LARGEST_FRAME, TOO_LARGE } from '../api'

/** A frame above `LARGEST_FRAME` is refused with words. One above this ends the connection before it is read. */
export const LARGEST_MESSAGE = 4 * LARGEST_FRAME
/** Bytes that wait for a page. A page that does not read for so long is cut off; it connects again when it lives. */
export const LARGEST_BACKLOG = 32 * 1024 * 1024

/** The first letters of a call or a watch, as `JSON.stringify` writes it. */
const BEGIN = /^\{"t":"(?:call|watch)","id":(\d{1,15}),/
const LONGEST_BEGIN = 64

export function socketPort(socket: WebSocket): Port {
  // Frames that are too large or malformed have closed the socket when this is called.
  socket.on('error', () => undefined)
  const send = (frame: Frame) => {
    if (socket.bufferedAmount > LARGEST_BACKLOG) return socket.terminate()
    // A socket that closes meanwhile is no fault: whoever sends hears of it by `onClose`.
    socket.send(JSON.stringify(frame), () => undefined)
  }
  return {
    send,
    onFrame: (listener) => {
      const receive = (message: RawData) => {
        const data = message as Buffer // `binaryType` is "nodebuffer"
        if (data.length > LARGEST_FRAME) return refuse(data, send)
        const frame = parsed(data)
        if (frame) listener(frame.value)
        else socket.close(1003, 'not JSON')
      }
      socket.on('message', receive)
      return () => void socket.off('message', receive)
    },
    onClose: (listener) => {
      socket.on('close', listener)
      return () => void socket.off('close', listener)
    },
  }
}

/** Answers a frame that is too large without parsing it. One that asks nothing gets no answer. */
function refuse(data: Buffer, send: (frame: Frame) => void): void {
  const id = Number(BEGIN.exec(data.toString('latin1', 0, LONGEST_BEGIN))?.[1] ?? 0)
  if (id > 0) send({ t: 'error', id, error: TOO_LARGE })
}

/** Null for what is not JSON. */
function parsed(data: Buffer): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(data.toString()) }
  } catch {
    return null
  }
}
