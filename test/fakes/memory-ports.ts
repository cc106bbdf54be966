/** Two ports that are connected in memory, for tests of what goes over them. */

import type { Frame, Port } from '../../main/api'
import { Emitter } from '../../shared/observable'

export interface PortPair {
  readonly host: Port
  readonly page: Port
  close(): void
}

/** Frames arrive a moment after they were sent, as copies without what JSON cannot carry. */
export function portsInMemory(): PortPair {
  const [toHost, toPage, closes] = [new Emitter<unknown>(), new Emitter<unknown>(), new Emitter()]
  const port = (incoming: Emitter<unknown>, outgoing: Emitter<unknown>): Port => ({
    send: (frame: Frame) => {
      const text = JSON.stringify(frame)
      queueMicrotask(() => outgoing.emit(JSON.parse(text)))
    },
    onFrame: (listener) => incoming.on(listener),
    onClose: (listener) => closes.on(listener),
  })
  return { host: port(toHost, toPage), page: port(toPage, toHost), close: () => closes.emit() }
}
