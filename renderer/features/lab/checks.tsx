/** The checks of a step. They change as the student works, and a red one says why it is red. */
import { Check, Circle, Shield, TriangleAlert, X } from 'lucide-react'
import type { CheckView } from '../../../main/api'
import './checks.css'

export function Checks({ checks }: { readonly checks: readonly CheckView[] }) {
  return (
    <ul className="checks" aria-label="Checks">
      {checks.map((check) => (
        <CheckRow key={check.name} check={check} />
      ))}
    </ul>
  )
}

function CheckRow({ check }: { readonly check: CheckView }) {
  const { name, state, guard, expected, found, explanation } = check
  const isWrong = state === 'red' || state === 'error'
  return (
    <li className="check" data-state={state} data-testid="check">
      <CheckIcon state={state} />
      <div>
        <span className="check-name">
          {name}
          {guard && <Shield role="img" aria-label="must stay green" />}
          <span className="visually-hidden">: {state}</span>
        </span>
        {isWrong && <p className="check-why">{explanation}</p>}
        {state === 'red' && (expected || found) && (
          <dl className="check-facts">
            <dt>Expected</dt>
            <dd>{expected}</dd>
            <dt>Found</dt>
            <dd>{found}</dd>
          </dl>
        )}
      </div>
    </li>
  )
}

function CheckIcon({ state }: Pick<CheckView, 'state'>) {
  if (state === 'green') return <Check aria-hidden="true" />
  if (state === 'red') return <X aria-hidden="true" />
  if (state === 'error') return <TriangleAlert aria-hidden="true" />
  return <Circle aria-hidden="true" />
}
