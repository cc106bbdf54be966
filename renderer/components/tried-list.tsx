/** Where an engine was looked for, in this order, and what was found there. */
import type { Tried } from '../../main/api'
import './tried-list.css'

export function TriedList({ tried }: { readonly tried: readonly Tried[] }) {
  if (tried.length === 0) return null
  return (
    <section className="tried" aria-label="What was tried">
      <h2>What was tried</h2>
      <ol>
        {tried.map(({ what, result }) => (
          <li key={what}>
            <code>{what}</code> {result}
          </li>
        ))}
      </ol>
    </section>
  )
}
