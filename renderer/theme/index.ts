/** Applies the chosen theme to the page. */
import { useEffect, useSyncExternalStore } from 'react'
import type { Settings } from '../../main/api'

export { useLooks } from './looks'
export { readTokens } from './read-tokens'
export { TERMINAL_TOKENS } from './terminal-tokens'

/** Asks when it is needed: a test without a window may import this folder. */
const lightQuery = () => window.matchMedia('(prefers-color-scheme: light)')

function subscribe(listener: () => void): () => void {
  const light = lightQuery()
  light.addEventListener('change', listener)
  return () => light.removeEventListener('change', listener)
}

/** The theme of the page. It follows the system when the user chose so. */
export function useTheme(chosen: Settings['theme']): 'light' | 'dark' {
  const systemIsLight = useSyncExternalStore(subscribe, () => lightQuery().matches)
  const theme = chosen === 'system' ? (systemIsLight ? 'light' : 'dark') : chosen
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return theme
}
