/** A lab without a session: what it is about, its steps, its place on the path, and where one begins. */
import { Check, Clock, Server } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { LabDetail } from '../../../main/api'
import { useAction } from '../../api'
import { Button, count, day, PageTitle, ProblemPanel } from '../../components'
import { useStartLab } from '../../consent'
import { Objective, wordsAtStep } from '../../path'
import { LabNote } from './lab-note'
import { PathPlace } from './path-place'
import { StepChoice } from './step-choice'
import './closed-lab.css'

export function ClosedLab({ lab }: { readonly lab: LabDetail }) {
  const action = useAction()
  return (
    <main id="main" className="page lab-closed">
      <Link to="/labs">All labs</Link>
      <PageTitle title={lab.title} />
      <p>{lab.summary}</p>
      <LabFacts lab={lab} />
      <PathPlace labId={lab.id} />
      {lab.objectives.length > 0 && <Objectives ids={lab.objectives} />}
      <StepList lab={lab} />
      <LabNote labId={lab.id} />
      {lab.problem && <ProblemPanel problem={lab.problem} />}
      {lab.missing.length > 0 && <p>It needs {lab.missing.join(', ')}, which this engine does not have.</p>}
      {action.problem && <ProblemPanel problem={action.problem} />}
      <Start lab={lab} action={action} />
    </main>
  )
}

function LabFacts({ lab }: { readonly lab: LabDetail }) {
  return (
    <ul className="facts" aria-label="About this lab">
      <li data-difficulty={lab.difficulty}>{lab.difficulty}</li>
      <li>
        <Clock aria-hidden="true" /> {lab.minutes} min
      </li>
      <li>
        <Server aria-hidden="true" /> {count(lab.nodes.length, 'node')}: {lab.nodes.join(', ')}
      </li>
      {lab.engine && <li>Docker {lab.engine}</li>}
      {lab.completedAt !== null && <li>Completed on {day(lab.completedAt)}</li>}
    </ul>
  )
}

function Objectives({ ids }: { readonly ids: readonly string[] }) {
  return (
    <section aria-labelledby="closed-objectives">
      <h2 id="closed-objectives">Objectives</h2>
      <ul className="closed-list closed-objectives">
        {ids.map((id) => (
          <li key={id}>
            <Objective id={id} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function StepList({ lab }: { readonly lab: LabDetail }) {
  const done = lab.steps.filter((step) => step.done).length
  return (
    <section aria-labelledby="closed-steps">
      <h2 id="closed-steps">Steps</h2>
      {done > 0 && (
        <p className="closed-done">
          {done} of {count(lab.steps.length, 'step')} done
        </p>
      )}
      <ol className="closed-list" aria-label="Steps">
        {lab.steps.map((step) => (
          <li key={step.id}>
            {step.title}
            {step.done && <Check role="img" aria-label="done" />}
          </li>
        ))}
      </ol>
    </section>
  )
}

interface StartProps {
  readonly lab: LabDetail
  readonly action: ReturnType<typeof useAction>
}

/** Begins where the student has stopped, or at a step of choice. */
function Start({ lab, action }: StartProps) {
  const [chosen, choose] = useState<string | null>(null)
  const first = lab.steps[0]?.id ?? ''
  const stepId = chosen ?? lab.continueAt?.stepId ?? first
  const number = lab.steps.findIndex(({ id }) => id === stepId) + 1
  const { start, dialog } = useStartLab(lab, action, { stepId: stepId === first ? undefined : stepId })
  return (
    <>
      {lab.steps.length > 1 && <StepChoice lab={lab} stepId={stepId} onChoose={choose} />}
      <Button
        weight="primary"
        isDisabled={action.busy || lab.problem !== null || lab.missing.length > 0}
        onPress={start}
      >
        {wordsAtStep(lab, number)}
      </Button>
      {dialog}
    </>
  )
}
