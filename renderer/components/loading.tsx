/** Says what a page waits for, once that takes longer than a blink. */
import './loading.css'

export function Loading({ what }: { readonly what: string }) {
  return (
    <p className="loading" role="status">
      Reading {what}…
    </p>
  )
}
