/** Whether the tour is on. It is begun on one page and shown on another. */
import { useSyncExternalStore } from 'react'
import { Observable } from '../../shared/observable'

const isOn = new Observable(false)

export function beginTour(): void {
  isOn.set(true)
}

export function endTour(): void {
  isOn.set(false)
}

const subscribe = (listener: () => void) => isOn.watch(listener)

export function useTourIsOn(): boolean {
  return useSyncExternalStore(subscribe, () => isOn.value)
}
