/** A step of a path: a lab, a drill or an exam. */
import { Check, ClipboardList, Dumbbell, SquareTerminal } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import type { PathStepView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, ProblemPanel, percent } from '../../components'
import { Objective } from '../../path'

interface Props {
  readonly step: PathStepView
  readonly isNext: boolean
}

export function PathStepRow({ step, isNext }: Props) {
  const { kind, title, minutes, done, tried, waitsFor, objectives } = step
  return (
    <li className="path-step" data-done={done} aria-current={isNext ? 'step' : undefined}>
      <StepIcon kind={kind} />
      <div className="path-step-text">
        <StepName step={step} />
        <span className="path-facts">
          {done ? 'Done' : `${tried === null ? '' : `tried: ${percent(tried)} · `}${minutes} min`}
          {waitsFor.length > 0 && ` · better after “${waitsFor.map((one) => one.title).join('”, “')}”`}
        </span>
        {isNext && objectives.length > 0 && (
          <ul className="path-objectives" aria-label={`Objectives of ${title}`}>
            {objectives.map((id) => (
              <li key={id}>
                <Objective id={id} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {done && <Check role="img" aria-label="done" className="path-step-done" />}
    </li>
  )
}

function StepIcon({ kind }: Pick<PathStepView, 'kind'>) {
  if (kind === 'lab') return <SquareTerminal aria-hidden="true" />
  return kind === 'drill' ? <Dumbbell aria-hidden="true" /> : <ClipboardList aria-hidden="true" />
}

const PAGES = { lab: '/labs', 'hands-on': '/hands-on', mock: '/exam' } as const

function StepName({ step }: { readonly step: PathStepView }) {
  if (step.kind === 'drill') return <DrillButton step={step} />
  const page = PAGES[step.kind]
  return <Link href={step.kind === 'lab' ? `${page}/${step.id}` : page}>{step.title}</Link>
}

function DrillButton({ step }: { readonly step: PathStepView }) {
  const api = useClient()
  const [, navigate] = useLocation()
  const { busy, problem, run } = useAction()
  const drill = async () => {
    const wish = { objectives: [...step.objectives], length: step.length }
    const { attemptId } = await api.call('progress.drill', wish)
    navigate(`/exam/${attemptId}`)
  }
  return (
    <>
      <Button small isDisabled={busy} onPress={() => run(drill)}>
        {step.title}
      </Button>
      {problem && <ProblemPanel problem={problem} />}
    </>
  )
}
