/** The sizes of the panes by name. The settings keep them. */
import type { Layout } from 'react-resizable-panels'
import { useSettings } from '../api'

export function useLayouts() {
  const { settings, change } = useSettings()
  return {
    layout: (name: string): Layout | undefined => settings.layouts[name],
    keep: (name: string, layout: Layout) => void change({ layouts: { ...settings.layouts, [name]: layout } }),
  }
}

/** Tells whether the editor is shown, and shows or hides it. */
export function useEditor(): { readonly isOpen: boolean; readonly toggle: () => void } {
  const { layout, keep } = useLayouts()
  const isOpen = layout('lab-editor')?.open === 1
  return { isOpen, toggle: () => keep('lab-editor', { open: isOpen ? 0 : 1 }) }
}
