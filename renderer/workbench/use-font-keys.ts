/** Ctrl with +, − and 0 change the size of the text in the terminals and the editor. The settings keep it. */
import type { KeyboardEvent } from 'react'
import { FONT_SIZES } from '../../main/api'
import { useSettings } from '../api'
import { fontSizeAfter } from './font-size'

export function useFontKeys(): (event: KeyboardEvent) => void {
  const { settings, change } = useSettings()
  const { terminal } = settings
  return (event) => {
    const fontSize = fontSizeAfter(event, terminal.fontSize, FONT_SIZES)
    if (fontSize === null) return
    // The browser would make the whole page larger, and the terminal would send the key to the shell.
    event.preventDefault()
    event.stopPropagation()
    if (fontSize !== terminal.fontSize) void change({ terminal: { ...terminal, fontSize } })
  }
}
