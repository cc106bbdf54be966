/** One lab in the catalogue. */
import { Check, Clock, Server, TriangleAlert } from 'lucide-react'
import { useLocation } from 'wouter'
import type { LabSummary } from '../../../main/api'
import { api } from '../../api/connection'
import { useAction } from '../../api/hooks'
import { Button } from '../../components/button'
import { count } from '../../components/format'
import { ProblemPanel } from '../../components/problem'
import { statusOf } from './filter'

export function LabCard({ lab }: { readonly lab: LabSummary }) {
  const { busy, problem, run, forget } = useAction()
  const [, navigate] = useLocation()
  const status = statusOf(lab)
  const open = () =>
    run(async () => {
      if (!lab.sessionId) await api.call('session.start', { labId: lab.id })
      navigate(`/labs/${lab.id}`)
    })
  const stop = () =>
    run(async () => lab.sessionId && (await api.call('session.stop', { sessionId: lab.sessionId })))
  const cannot = lab.problem !== null || lab.missing.length > 0
  return (
    <li className="lab-card" data-status={status} data-testid={`lab-${lab.id}`}>
      <div className="lab-card-head">
        <h3>{lab.title}</h3>
        {lab.completedAt && <Check role="img" aria-label="Completed" className="lab-card-done" />}
      </div>
      <p className="lab-card-summary">{lab.summary}</p>
      <ul className="facts lab-card-facts">
        <li data-difficulty={lab.difficulty}>{lab.difficulty}</li>
        <li>
          <Clock aria-hidden="true" /> {lab.minutes} min
        </li>
        <li>
          <Server aria-hidden="true" /> {count(lab.nodes.length, 'node')}
        </li>
        {lab.objectives.map((objective) => (
          <li key={objective} className="lab-card-objective">
            {objective}
          </li>
        ))}
      </ul>
      <Steps done={lab.stepsDone} all={lab.stepCount} />
      {lab.problem && <ProblemPanel problem={lab.problem} />}
      {lab.missing.length > 0 && (
        <p className="lab-card-missing">
          <TriangleAlert aria-hidden="true" /> Needs {lab.missing.join(', ')}, which this engine does not
          have.
        </p>
      )}
      {problem && <ProblemPanel problem={problem} action="All right" onAction={forget} />}
      <div className="lab-card-actions">
        <Button
          weight={status === 'open' ? 'primary' : 'normal'}
          isDisabled={busy || cannot}
          onPress={open}
          aria-label={`${label(status)}: ${lab.title}`}
        >
          {label(status)}
        </Button>
        {lab.sessionId && (
          <Button weight="quiet" isDisabled={busy} onPress={stop} aria-label={`Stop: ${lab.title}`}>
            Stop
          </Button>
        )}
      </div>
    </li>
  )
}

function label(status: ReturnType<typeof statusOf>): string {
  return { open: 'Resume', done: 'Do it again', begun: 'Start again', new: 'Start' }[status]
}

/** More steps than any lab has. */
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
