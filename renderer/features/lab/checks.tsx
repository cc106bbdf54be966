/** The checks of a step. They change as the student works, and a red one says why it is red. */
import { Check, Circle, CircleDashed, TriangleAlert, X } from 'lucide-react'
import type { CheckView } from '../../../main/api'
import { CheckFacts, GuardMark, InlineCode } from '../../components'
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
  const { name, state, guard, expected, found, whole, explanation } = check
  return (
    <li className="check" data-state={state} data-testid="check">
      <CheckIcon state={state} />
      <div>
        <span className="check-name">
          {name}
          {guard && <GuardMark />}
          <span className="visually-hidden">: {STATES[state]}</span>
        </span>
        {isExplained(state) && (
          <p className="check-why">
            <InlineCode text={explanation} />
          </p>
        )}
        {hasFacts(state) && (
          <CheckFacts explanation={explanation} expected={expected} found={found} whole={whole} />
        )}
      </div>
    </li>
  )
}

/** The states as a screen reader says them. */
const STATES: Readonly<Record<CheckView['state'], string>> = {
  pending: 'pending',
  green: 'green',
  red: 'red',
  missing: 'not there yet',
  error: 'could not be looked at',
}

function isExplained(state: CheckView['state']): boolean {
  return state === 'red' || state === 'missing' || state === 'error'
}

/** What was found while there is nothing is an error of the engine, which the sentence tells better. */
function hasFacts(state: CheckView['state']): boolean {
  return state === 'red' || state === 'error'
}

function CheckIcon({ state }: Pick<CheckView, 'state'>) {
  if (state === 'green') return <Check aria-hidden="true" />
  if (state === 'red') return <X aria-hidden="true" />
  if (state === 'missing') return <CircleDashed aria-hidden="true" />
  if (state === 'error') return <TriangleAlert aria-hidden="true" />
  return <Circle aria-hidden="true" />
}
