/** Says what the page waits for. It appears after a moment, so that a short wait shows nothing. */
import './loading.css'

export function Loading({ what }: { readonly what: string }) {
  return (
    <p className="loading" role="status">
      Reading {what}…
    </p>
  )
}
