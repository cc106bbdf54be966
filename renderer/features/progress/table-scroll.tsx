/** Lets a wide table scroll on a narrow screen, by keyboard too. */
import type { ReactNode } from 'react'
import './table.css'

interface Props {
  readonly label: string
  readonly children: ReactNode
}

export function TableScroll({ label, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
