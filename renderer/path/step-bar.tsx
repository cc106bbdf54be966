/** How many steps of a lab are done, as a bar with a part for each step. */
import './step-bar.css'

/** Numbers for the steps. No lab has as many steps. */
const STEP_NUMBERS = Array.from({ length: 30 }, (_, index) => index + 1)

interface Props {
  /** It may be more than all, when a lab has lost a step since. */
  readonly done: number
  readonly all: number
}

export function StepBar({ done, all }: Props) {
  if (all === 0) return null
  return (
    <div className="step-bar">
      <span className="step-bar-words">
        {Math.min(done, all)} of {all} steps<span className="visually-hidden"> done</span>
      </span>
      {STEP_NUMBERS.slice(0, all).map((number) => (
        <i key={number} data-done={number <= done} />
      ))}
    </div>
  )
}
