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

export interface Pane {
  readonly isOpen: boolean
  readonly toggle: () => void
  readonly open: () => void
}

/** Tells whether the editor is shown, and shows or hides it. */
export function useEditor(): Pane {
  return usePane('lab-editor')
}

/** Tells whether the map is shown, and shows or hides it. */
export function useMap(): Pane {
  return usePane('lab-map')
}

function usePane(name: string): Pane {
  const { layout, keep } = useLayouts()
  const isOpen = layout(name)?.open === 1
  const show = (on: boolean) => keep(name, { open: on ? 1 : 0 })
  return { isOpen, toggle: () => show(!isOpen), open: () => isOpen || show(true) }
}
