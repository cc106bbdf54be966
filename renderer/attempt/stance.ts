/** What the page that is shown tells the header: its place in the navigation, and whether an exam is being sat. */
import { useEffect, useSyncExternalStore } from 'react'
import { Emitter } from '../../shared/observable'

export interface Stance {
  /** The address in the navigation to which the page belongs. Null where its own address says it. */
  readonly place: string | null
  /** The name of the exam that is being sat. The header then leads to no other page. */
  readonly exam: string | null
}

const NONE: Stance = { place: null, exam: null }
const changed = new Emitter()
let current = NONE

function set(stance: Stance): void {
  current = stance
  changed.emit()
}

/** Tells the header where the page stands, as long as the page is shown. */
export function useTakeStance({ place, exam }: Stance): void {
  useEffect(() => {
    set({ place, exam })
    return () => set(NONE)
  }, [place, exam])
}

export function useStance(): Stance {
  return useSyncExternalStore(
    (listener) => changed.on(listener),
    () => current,
  )
}

/** The place of an attempt in the navigation: mock exams have one page, practice and drills another. */
export function placeOf(mode: 'real' | 'practice' | 'drill'): string {
  return mode === 'real' ? '/exam' : '/practice'
}
