/** A choice of the step at which a lab begins. */
import type { LabDetail } from '../../../main/api'
import { count } from '../../components'
import { canBeginAt } from './can-begin-at'
import './step-choice.css'

interface Props {
  readonly lab: LabDetail
  readonly stepId: string
  readonly onChoose: (stepId: string) => void
}

export function StepChoice({ lab, stepId, onChoose }: Props) {
  const before = lab.steps.findIndex(({ id }) => id === stepId)
  return (
    <div className="step-choice">
      <label>
        <span>Begin at</span>
        <select className="control" value={stepId} onChange={({ target }) => onChoose(target.value)}>
          {lab.steps.map(({ id, title }, index) => (
            <option key={id} value={id} disabled={!canBeginAt(lab, index)}>
              {index + 1}. {title}
            </option>
          ))}
        </select>
      </label>
      {before > 0 && (
        <p>
          Capstan brings the nodes there, and does the {count(before, 'step')} before for you. A step that you
          have not done yourself does not count.
        </p>
      )}
    </div>
  )
}
