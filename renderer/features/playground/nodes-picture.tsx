/** A picture of the nodes of a playground: managers above, workers below. */
import './nodes-picture.css'

interface Props {
  readonly managers: number
  readonly workers: number
}

/** More nodes than these are shown by their number. */
const MOST_SHOWN = 10

export function NodesPicture({ managers, workers }: Props) {
  return (
    <span className="nodes-picture" aria-hidden="true">
      <Row kind="manager" count={managers} />
      <Row kind="worker" count={workers} />
    </span>
  )
}

function Row({ kind, count }: { readonly kind: 'manager' | 'worker'; readonly count: number }) {
  const shown = Array.from({ length: Math.min(count, MOST_SHOWN) }, (_, index) => `${kind}${index + 1}`)
  return (
    <span className="nodes-picture-row">
      {shown.map((name) => (
        <i key={name} data-kind={kind} />
      ))}
      {count > MOST_SHOWN && <b>{count}</b>}
    </span>
  )
}
