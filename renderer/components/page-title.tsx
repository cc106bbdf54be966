/** The heading of a page. It names the window, and takes the focus when the page opens. */
import { type ReactNode, useEffect, useRef } from 'react'
import { mayTakeFocus } from './kept-focus'

interface Props {
  readonly title: string
  readonly children?: ReactNode
}

export function PageTitle({ title, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Capstan`
    // A page that one comes back to is scrolled to where it was, and stays there.
    if (mayTakeFocus()) heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  )
}
