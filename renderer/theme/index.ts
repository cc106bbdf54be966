/** Applies the chosen theme to the page. */
import { useEffect, useSyncExternalStore } from 'react'
import type { Settings } from '../../main/api'

const light = window.matchMedia('(prefers-color-scheme: light)')

function subscribe(listener: () => void): () => void {
  light.addEventListener('change', listener)
  return () => light.removeEventListener('change', listener)
}

/** The theme of the page. It follows the system when the user chose so. */
export function useTheme(chosen: Settings['theme']): 'light' | 'dark' {
  const systemIsLight = useSyncExternalStore(subscribe, () => light.matches)
  const theme = chosen === 'system' ? (systemIsLight ? 'light' : 'dark') : chosen
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return theme
}
