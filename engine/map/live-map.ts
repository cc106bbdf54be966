/** The map of a session while somebody looks at it. Without a watcher it does nothing. */
import { CapstanError } from '../../shared/errors'
import { Observable } from '../../shared/observable'
import { type Inspected, inspect, type MapKind } from './inspect'
import { type MapSource, MapWatch } from './map-watch'
import type { MapSnapshot } from './snapshot'

/** A thing on the map. */
export interface MapThing {
  readonly kind: MapKind
  readonly id: string
  /** The node that has it; null for what belongs to the swarm. */
  readonly node: string | null
}

export class LiveMap {
  readonly #source: MapSource
  #watch: { readonly work: MapWatch; readonly map: Observable<MapSnapshot | null>; watchers: number } | null =
    null

  constructor(source: MapSource) {
    this.#source = source
  }

  /** Calls back with the map as soon as it is known, and after each change. @returns a function that stops the watch */
  watch(listener: (map: MapSnapshot) => void): () => void {
    const watch = this.#watch ?? this.#begin()
    watch.watchers++
    const stop = watch.map.watch((map) => map && listener(map))
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      stop()
      if (--watch.watchers === 0) this.#end(watch.work)
    }
  }

  /** The engine of a node has reported an event. */
  lookSoon(name: string): void {
    this.#watch?.work.lookSoon(name)
  }

  /** The engine of a node has created something whose start will be announced. */
  lookLater(name: string): void {
    this.#watch?.work.lookLater(name)
  }

  /**
   * What the engine of its node says of a thing, or a manager for what belongs to the swarm.
   * @throws CapstanError `not-found` for what is no longer there, `session-state` while there are no nodes
   */
  async inspect({ kind, id, node }: MapThing): Promise<Inspected> {
    if (node !== null) return await inspect(this.#source.engine(node), kind, id)
    const managers = this.#watch?.work.managers() ?? []
    if (managers.length === 0)
      throw new CapstanError('not-found', 'No manager of the swarm answers.', {
        help: 'Look at the nodes on the map: a manager must run and see the others.',
      })
    const asked = managers.map(async (name) => await inspect(this.#source.engine(name), kind, id))
    const [first] = asked
    return await Promise.any(asked).catch(() => first as Promise<Inspected>)
  }

  #begin() {
    const map = new Observable<MapSnapshot | null>(null)
    const watch = { work: new MapWatch(this.#source, (now) => map.set(now)), map, watchers: 0 }
    this.#watch = watch
    return watch
  }

  #end(work: MapWatch): void {
    work.stop()
    if (this.#watch?.work === work) this.#watch = null
  }
}
