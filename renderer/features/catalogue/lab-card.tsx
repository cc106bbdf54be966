/** One lab in the catalogue. */
import { Check, Clock, Server, ShieldAlert, TriangleAlert } from 'lucide-react'
import { useLocation } from 'wouter'
import type { LabSummary } from '../../../main/api'
import { type Action, useAction, useClient } from '../../api'
import { Button, count, ProblemPanel } from '../../components'
import { useStartLab } from '../../consent'
import { type Status, statusOf } from './filter'

export function LabCard({ lab }: { readonly lab: LabSummary }) {
  const action = useAction()
  return (
    <li className="lab-card" data-status={statusOf(lab)} data-testid={`lab-${lab.id}`}>
      <div className="lab-card-head">
        <h3>{lab.title}</h3>
        {lab.completedAt && <Check role="img" aria-label="Completed" className="lab-card-done" />}
      </div>
      <p className="lab-card-summary">{lab.summary}</p>
      <Facts lab={lab} />
      <Steps done={lab.stepsDone} all={lab.stepCount} />
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
      {action.problem && (
        <ProblemPanel problem={action.problem} action="All right" onAction={action.forget} />
      )}
      <Actions lab={lab} action={action} />
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
          {objective}
        </li>
      ))}
    </ul>
  )
}

const LABELS: Readonly<Record<Status, string>> = {
  open: 'Resume',
  done: 'Do it again',
  begun: 'Start again',
  new: 'Start',
}

function Actions({ lab, action }: { readonly lab: LabSummary; readonly action: Action }) {
  const api = useClient()
  const [, navigate] = useLocation()
  const { id, title, sessionId } = lab
  const status = statusOf(lab)
  const open = () => navigate(`/labs/${id}`)
  const { start, dialog } = useStartLab(lab, action, open)
  const cannotStart = lab.problem !== null || lab.missing.length > 0
  return (
    <div className="lab-card-actions">
      <Button
        weight={status === 'open' ? 'primary' : 'normal'}
        isDisabled={action.busy || cannotStart}
        onPress={sessionId ? open : start}
        aria-label={`${LABELS[status]}: ${title}`}
      >
        {LABELS[status]}
      </Button>
      {sessionId && (
        <Button
          weight="quiet"
          isDisabled={action.busy}
          onPress={() => action.run(() => api.call('session.stop', { sessionId }))}
          aria-label={`Stop: ${title}`}
        >
          Stop
        </Button>
      )}
      {dialog}
    </div>
  )
}

/** Numbers for the steps. No lab has as many steps. */
const STEP_NUMBERS = Array.from({ length: 30 }, (_, index) => index + 1)

function Steps({ done, all }: { readonly done: number; readonly all: number }) {
  if (all === 0) return null
  return (
    <div className="lab-card-steps">
      <span className="visually-hidden">
        {done} of {all} steps done
      </span>
      {STEP_NUMBERS.slice(0, all).map((number) => (
        <i key={number} data-done={number <= done} />
      ))}
    </div>
  )
}
