/** Two ports in memory that are joined. Frames are copied, and arrive later, as on a real line. */
import type { Frame, Port } from '../../main/api'
import { Emitter } from '../../shared/observable'

export interface PortPair {
  readonly page: Port
  readonly host: Port
  /** Breaks the line: both ends close, and frames that are on their way are lost. */
  cut(): void
}

export function portPair(): PortPair {
  const line = { isOpen: true }
  const [toPage, toHost] = [new Emitter<unknown>(), new Emitter<unknown>()]
  const closed = new Emitter()
  const end = (out: Emitter<unknown>, into: Emitter<unknown>): Port => ({
    send: (frame: Frame) => {
      const copy: unknown = structuredClone(frame)
      queueMicrotask(() => line.isOpen && out.emit(copy))
    },
    onFrame: (listener) => into.on(listener),
    onClose: (listener) => closed.on(listener),
  })
  return {
    page: end(toHost, toPage),
    host: end(toPage, toHost),
    cut: () => {
      if (!line.isOpen) return
      line.isOpen = false
      closed.emit()
    },
  }
}
