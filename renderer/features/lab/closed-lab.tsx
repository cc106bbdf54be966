/** A lab without a session: what it is about, its steps, and where one begins. */
import { Clock, Server } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { LabDetail } from '../../../main/api'
import { useAction } from '../../api'
import { Button, count, PageTitle, ProblemPanel } from '../../components'
import { useStartLab } from '../../consent'
import { StepChoice } from './step-choice'
import './closed-lab.css'

export function ClosedLab({ lab }: { readonly lab: LabDetail }) {
  const action = useAction()
  const first = lab.steps[0]?.id ?? ''
  const [stepId, choose] = useState(first)
  const { start, dialog } = useStartLab(lab, action, { stepId: stepId === first ? undefined : stepId })
  return (
    <main id="main" className="page lab-closed">
      <Link to="/labs">All labs</Link>
      <PageTitle title={lab.title} />
      <p>{lab.summary}</p>
      <LabFacts lab={lab} />
      <ol className="closed-steps" aria-label="Steps">
        {lab.steps.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ol>
      {lab.problem && <ProblemPanel problem={lab.problem} />}
      {lab.missing.length > 0 && <p>It needs {lab.missing.join(', ')}, which this engine does not have.</p>}
      {lab.steps.length > 1 && <StepChoice lab={lab} stepId={stepId} onChoose={choose} />}
      {action.problem && <ProblemPanel problem={action.problem} />}
      <Button
        weight="primary"
        isDisabled={action.busy || lab.problem !== null || lab.missing.length > 0}
        onPress={start}
      >
        Start the lab
      </Button>
      {dialog}
    </main>
  )
}

function LabFacts({ lab }: { readonly lab: LabDetail }) {
  return (
    <ul className="facts" aria-label="About this lab">
      <li>{lab.difficulty}</li>
      <li>
        <Clock aria-hidden="true" /> {lab.minutes} min
      </li>
      <li>
        <Server aria-hidden="true" /> {count(lab.nodes.length, 'node')}: {lab.nodes.join(', ')}
      </li>
      {lab.engine && <li>Docker {lab.engine}</li>}
      {lab.objectives.length > 0 && <li>Objectives {lab.objectives.join(', ')}</li>}
      {lab.completedAt !== null && <li>Completed</li>}
    </ul>
  )
}
