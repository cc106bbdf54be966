/** A place in a text that points to a part of the map, such as `[manager1](#map=node:manager1)`. */
import { MapPin } from 'lucide-react'
import { createContext, type ReactNode, useContext } from 'react'
import './pointer.css'

export interface Pointers {
  /** Opens the map and shows the thing. */
  readonly show: (target: string) => void
  /** Marks the thing while the pointer or the focus is on its name; null marks nothing. */
  readonly mark: (target: string | null) => void
}

/** Null where there is no map: then a pointer is plain text. */
export const PointersContext = createContext<Pointers | null>(null)

const LINK = /^#map=((?:node|service|container|network|volume):[A-Za-z0-9][\w.-]{0,63})$/

/** What a link points to, such as `node:manager1`; null for any other link. */
export function targetOf(href: string | undefined): string | null {
  return LINK.exec(href ?? '')?.[1] ?? null
}

interface Props {
  readonly target: string
  readonly children?: ReactNode
}

export function Pointer({ target, children }: Props) {
  const pointers = useContext(PointersContext)
  if (!pointers) return <span>{children}</span>
  return (
    <button
      type="button"
      className="pointer"
      onClick={() => pointers.show(target)}
      onPointerEnter={() => pointers.mark(target)}
      onPointerLeave={() => pointers.mark(null)}
      onFocus={() => pointers.mark(target)}
      onBlur={() => pointers.mark(null)}
    >
      {children}
      <MapPin aria-hidden="true" />
      <span className="visually-hidden"> (shows it on the map)</span>
    </button>
  )
}
