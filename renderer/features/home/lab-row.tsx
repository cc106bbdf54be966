/** One lab on the first page: what it is, how far it is, and its buttons. */
import { Clock } from 'lucide-react'
import { Link } from 'wouter'
import type { LabSummary } from '../../../main/api'
import { useAction } from '../../api'
import { ProblemPanel } from '../../components'
import { LabActions, StepBar, statusOf } from '../../path'

interface Props {
  readonly lab: LabSummary
  readonly isMain?: boolean
}

export function LabRow({ lab, isMain = false }: Props) {
  const action = useAction()
  return (
    <li className="home-lab">
      <div className="home-lab-text">
        <h3>
          <Link href={`/labs/${lab.id}`}>{lab.title}</Link>
        </h3>
        <p>{lab.summary}</p>
        <p className="home-soft">
          <Clock aria-hidden="true" /> {lab.minutes} min
        </p>
        {statusOf(lab) !== 'new' && <StepBar done={lab.stepsDone} all={lab.stepCount} />}
        {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
      </div>
      <LabActions lab={lab} action={action} isMain={isMain} />
    </li>
  )
}
