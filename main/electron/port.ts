/** A contract port over one end of a message channel. */
import type { MessagePortMain } from 'electron'
import type { Port } from '../api'

export function mainPort(port: MessagePortMain): Port {
  port.start()
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (listener) => {
      const receive = ({ data }: { data: unknown }) => listener(data)
      port.on('message', receive)
      return () => void port.off('message', receive)
    },
    onClose: (listener) => {
      port.on('close', listener)
      return () => void port.off('close', listener)
    },
  }
}
