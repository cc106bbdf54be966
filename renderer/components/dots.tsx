/** A row of dots, each with the colour of its state. The words beside it say the same. */
import './dots.css'

interface Props {
  readonly of: readonly { readonly id: string; readonly state: string; readonly isCurrent?: boolean }[]
}

export function Dots({ of: all }: Props) {
  return (
    <span className="dots" aria-hidden="true">
      {all.map(({ id, state, isCurrent }) => (
        <i key={id} data-state={state} data-current={isCurrent} />
      ))}
    </span>
  )
}
