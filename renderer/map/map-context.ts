/** What every thing on the map needs: what is pointed to, and what a click does. */
import { createContext, useContext } from 'react'
import type { MapKind } from '../../main/api'

/** A thing whose details can be shown. */
export interface Inspectable {
  readonly kind: MapKind
  readonly id: string
  /** As people call it. */
  readonly name: string
  /** Null for what belongs to the swarm. */
  readonly node: string | null
}

export interface MapActions {
  readonly pointed: string | null
  readonly inspect: (thing: Inspectable) => void
  readonly preview: (node: string, port: number) => void
}

export const MapContext = createContext<MapActions>({
  pointed: null,
  inspect: () => undefined,
  preview: () => undefined,
})

export function useMapActions(): MapActions {
  return useContext(MapContext)
}
