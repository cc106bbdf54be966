/** Watchers of attempts, by the attempt's id. */
import { Emitter } from '../../../shared/observable'

export class Watches<V> {
  readonly #emitters = new Map<string, Emitter<V>>()

  /**
   * Calls the listener with the current value, and with every later one.
   * @param current makes the current value; when it fails, nothing is watched
   * @returns a function that stops the watch
   */
  async watch(id: string, listener: (value: V) => void, current: () => Promise<V>): Promise<() => void> {
    let isLater = false
    const stop = this.#on(id, (value) => {
      isLater = true
      listener(value)
    })
    try {
      const value = await current()
      // A change that came meanwhile is newer than this value.
      if (!isLater) listener(value)
    } catch (error) {
      stop()
      throw error
    }
    return stop
  }

  /** Gives the watchers of an attempt a value, which is made only when there are any. */
  emit(id: string, make: () => V): void {
    const emitter = this.#emitters.get(id)
    if (emitter) emitter.emit(make())
  }

  #on(id: string, listener: (value: V) => void): () => void {
    const emitter = this.#emitters.get(id) ?? new Emitter<V>()
    this.#emitters.set(id, emitter)
    const stop = emitter.on(listener)
    return () => {
      stop()
      if (!emitter.hasListeners && this.#emitters.get(id) === emitter) this.#emitters.delete(id)
    }
  }
}
