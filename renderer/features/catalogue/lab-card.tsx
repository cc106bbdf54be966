/** One lab in the catalogue. */
import { Check, Clock, Server, ShieldAlert, TriangleAlert } from 'lucide-react'
import { Link } from 'wouter'
import type { LabSummary } from '../../../main/api'
import { useAction } from '../../api'
import { count, ProblemPanel } from '../../components'
import { LabActions, Objective, StepBar, statusOf } from '../../path'

export function LabCard({ lab }: { readonly lab: LabSummary }) {
  const action = useAction()
  return (
    <li className="lab-card" data-status={statusOf(lab)} data-testid={`lab-${lab.id}`}>
      <div className="lab-card-head">
        <h3>
          <Link href={`/labs/${lab.id}`}>{lab.title}</Link>
        </h3>
        {lab.completedAt && <Check role="img" aria-label="Completed" className="lab-card-done" />}
      </div>
      <p className="lab-card-summary">{lab.summary}</p>
      <Facts lab={lab} />
      <StepBar done={lab.stepsDone} all={lab.stepCount} />
      {lab.problem && <ProblemPanel problem={lab.problem} />}
      {lab.consent && (
        <p className="lab-card-foreign">
          <ShieldAlert aria-hidden="true" /> Not from Capstan. It asks for your consent when you start it.
        </p>
      )}
      {lab.missing.length > 0 && (
        <p className="lab-card-missing">
          <TriangleAlert aria-hidden="true" /> Needs {lab.missing.join(', ')}, which this engine does not
          have.
        </p>
      )}
      {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
      <LabActions lab={lab} action={action} />
    </li>
  )
}

function Facts({ lab }: { readonly lab: LabSummary }) {
  return (
    <ul className="facts lab-card-facts">
      <li data-difficulty={lab.difficulty}>{lab.difficulty}</li>
      <li>
        <Clock aria-hidden="true" /> {lab.minutes} min
      </li>
      <li>
        <Server aria-hidden="true" /> {count(lab.nodes.length, 'node')}
      </li>
      {lab.engine && <li>Docker {lab.engine}</li>}
      {lab.objectives.map((objective) => (
        <li key={objective} className="lab-card-objective">
          <Objective id={objective} />
        </li>
      ))}
    </ul>
  )
}
