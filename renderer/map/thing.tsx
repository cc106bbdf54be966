/** One thing on the map: a button that shows its details. */
import type { ReactNode } from 'react'
import { type Inspectable, useMapActions } from './map-context'
import type { Sign } from './words'

interface Props {
  readonly thing: Inspectable
  /** What it is, for those who do not see its form. */
  readonly kind: string
  readonly className?: string
  readonly children: ReactNode
}

export function Thing({ thing, kind, className = '', children }: Props) {
  const { inspect } = useMapActions()
  return (
    <button type="button" className={`map-thing ${className}`} onClick={() => inspect(thing)}>
      <span className="visually-hidden">{kind} </span>
      {children}
    </button>
  )
}

export function SignText({ sign }: { readonly sign: Sign }) {
  return (
    <span className="map-sign" data-tone={sign.tone}>
      {sign.word}
    </span>
  )
}

/** How many things are not drawn. */
export function More({ count }: { readonly count: number }) {
  return count > 0 ? <p className="map-more">and {count} more</p> : null
}
