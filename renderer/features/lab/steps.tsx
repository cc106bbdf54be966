/** The steps of a lab, as a row of buttons. */
import { Check, Lock } from 'lucide-react'
import type { LabDetail, SessionView, StepView } from '../../../main/api'
import './steps.css'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
  readonly onOpen: (stepId: string) => void
}

export function Steps({ lab, session, onOpen }: Props) {
  return (
    <ol className="steps" aria-label="Steps">
      {lab.steps.map(({ id, title }, index) => {
        const state = session.steps[index]?.state ?? 'locked'
        const isCurrent = id === session.currentStep
        return (
          <li key={id}>
            <button
              type="button"
              disabled={state === 'locked'}
              data-state={state}
              aria-current={isCurrent ? 'step' : undefined}
              onClick={() => isCurrent || onOpen(id)}
              title={title}
            >
              <Mark state={state} number={index + 1} />
              <span className="visually-hidden">
                Step {index + 1}: {title}, {state}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

function Mark({ state, number }: { readonly state: StepView['state']; readonly number: number }) {
  if (state === 'done') return <Check aria-hidden="true" />
  return state === 'locked' ? <Lock aria-hidden="true" /> : number
}
