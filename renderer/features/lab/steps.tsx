/** The steps of a lab: where one is, how long it takes, and a list with the titles and states of all. */
import { Check, ChevronDown, Lock } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { LabDetail, SessionView, StepView } from '../../../main/api'
import { Dots, duration, RowButton, useClock } from '../../components'
import './steps.css'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
  readonly onOpen: (stepId: string) => void
}

export function Steps({ lab, session, onOpen }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const listId = useId()
  const index = lab.steps.findIndex(({ id }) => id === session.currentStep)
  const choose = (stepId: string) => {
    setIsOpen(false)
    if (stepId !== session.currentStep) onOpen(stepId)
  }
  return (
    <nav className="steps" aria-label="Steps of the lab">
      <div className="steps-head">
        <button
          type="button"
          className="steps-toggle"
          aria-expanded={isOpen}
          aria-controls={listId}
          onClick={() => setIsOpen(!isOpen)}
        >
          Step {index + 1} of {lab.steps.length}
          <Dots
            of={session.steps.map(({ id, state }) => ({
              id,
              state,
              isCurrent: id === session.currentStep,
            }))}
          />
          <ChevronDown aria-hidden="true" />
        </button>
        <Times minutes={lab.minutes} startedAt={session.startedAt} />
      </div>
      <ol className="steps-list" id={listId} aria-label="Steps" hidden={!isOpen}>
        {lab.steps.map(({ id, title }, at) => (
          <li key={id}>
            <StepButton
              number={at + 1}
              title={title}
              state={session.steps[at]?.state ?? 'locked'}
              isCurrent={at === index}
              onChoose={() => choose(id)}
            />
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** One mark for each step. The list says the same in words. */
interface StepButtonProps {
  readonly number: number
  readonly title: string
  readonly state: StepView['state']
  readonly isCurrent: boolean
  readonly onChoose: () => void
}

function StepButton({ number, title, state, isCurrent, onChoose }: StepButtonProps) {
  return (
    <RowButton
      className="step-button"
      disabled={state === 'locked'}
      data-state={state}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={onChoose}
    >
      <span className="step-mark">
        <Mark state={state} number={number} />
      </span>
      <span>
        <span className="visually-hidden">Step {number}: </span>
        {title}
      </span>
      <span className="step-state">
        <span className="visually-hidden">, </span>
        {isCurrent && state === 'open' ? 'now' : WORDS[state]}
      </span>
    </RowButton>
  )
}

const WORDS: Readonly<Record<StepView['state'], string>> = {
  locked: 'locked',
  open: 'open',
  done: 'done',
  skipped: 'done for you',
}

function Mark({ state, number }: { readonly state: StepView['state']; readonly number: number }) {
  if (state === 'done' || state === 'skipped') return <Check aria-hidden="true" />
  return state === 'locked' ? <Lock aria-hidden="true" /> : <span aria-hidden="true">{number}</span>
}

const MINUTE_MS = 60_000
/** A lab that is older was left and found again, and the time since its start says nothing. */
const LONGEST_MS = 12 * 60 * MINUTE_MS

/** How long the lab takes, and how long ago it was begun. */
function Times({ minutes, startedAt }: { readonly minutes: number; readonly startedAt: string }) {
  const passed = usePassed(startedAt)
  return (
    <span className="steps-times">
      about {minutes} min
      {passed >= MINUTE_MS && passed < LONGEST_MS && (
        <> · {duration(Math.floor(passed / MINUTE_MS) * MINUTE_MS)} so far</>
      )}
    </span>
  )
}

/** Milliseconds since a time. They are read again each minute. */
function usePassed(since: string): number {
  const clock = useClock()
  const [now, setNow] = useState(() => clock.date().getTime())
  // biome-ignore lint/correctness/useExhaustiveDependencies: each reading plans the next one
  useEffect(() => clock.after(MINUTE_MS, () => setNow(clock.date().getTime())), [clock, now])
  return now - Date.parse(since)
}
