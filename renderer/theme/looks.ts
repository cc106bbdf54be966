/** The looks that the person has chosen: on the page, and kept for the first paint of the next one. */
import { useEffect } from 'react'
import type { Settings } from '../../main/api'

export type Looks = Pick<Settings, 'theme' | 'textSize' | 'density'>

/** Read by `public/first-paint.js`, which runs before the app. */
export const LOOKS_KEY = 'capstan.looks'

/** Gives the page its size of text and its density, and keeps all looks in the browser. The theme has a hook of its own. */
export function useLooks({ theme, textSize, density }: Looks): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.textSize = textSize
    dataset.density = density
    keepLooks({ theme, textSize, density })
  }, [theme, textSize, density])
}

/** A browser that keeps nothing shows the system's theme until the settings have come. */
function keepLooks(looks: Looks): void {
  try {
    localStorage.setItem(LOOKS_KEY, JSON.stringify(looks))
  } catch {
    return
  }
}
