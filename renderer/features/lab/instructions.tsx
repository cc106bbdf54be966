/** The steps: what to do, the checks, hints, the solution, and the way on. */
import { ArrowRight, Check, Lightbulb, Lock, PartyPopper } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { LabDetail, LabStep, SessionView, StepView } from '../../../main/api'
import { api } from '../../api/connection'
import { useAction } from '../../api/hooks'
import { Button } from '../../components/button'
import { ConfirmDialog } from '../../components/dialog'
import { CodeBlock, Markdown, type RunCode } from '../../components/markdown'
import { ProblemPanel } from '../../components/problem'
import { Checks } from './checks'
import './instructions.css'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
  readonly onRun: RunCode
}

export function Instructions({ lab, session, onRun }: Props) {
  const index = lab.steps.findIndex(({ id }) => id === session.currentStep)
  const step = lab.steps[index]
  const view = session.steps[index]
  const { busy, problem, run } = useAction()
  const top = useRef<HTMLDivElement>(null)
  const open = (stepId: string) => run(() => api.call('session.openStep', { sessionId: session.id, stepId }))
  const next = lab.steps[index + 1]
  const canGoOn = view?.state === 'done' && next !== undefined && session.state === 'running'
  useNextKey(canGoOn && !busy, () => next && open(next.id))
  useEffect(() => {
    if (step) top.current?.scrollTo({ top: 0 })
  }, [step])
  if (!step || !view) return null
  return (
    <section className="instructions" aria-label="Instructions" data-pane="instructions" ref={top}>
      <Steps lab={lab} session={session} onOpen={open} />
      {session.notice && <p className="bench-notice">{session.notice}</p>}
      <h2 tabIndex={-1} data-pane-focus>
        {step.title}
      </h2>
      <Markdown text={step.markdown} onRun={onRun} />
      <Checks checks={view.checks} />
      <Help key={step.id} step={step} view={view} sessionId={session.id} onRun={onRun} />
      {problem && <ProblemPanel problem={problem} />}
      {session.completed ? <Completed title={lab.title} /> : null}
      {next && (
        <div className="instructions-next">
          <Button
            weight={canGoOn ? 'primary' : 'normal'}
            isDisabled={!canGoOn || busy}
            onPress={() => open(next.id)}
            icon={<ArrowRight aria-hidden="true" />}
          >
            Next step
          </Button>
          <span>{next.title}</span>
        </div>
      )}
    </section>
  )
}

interface StepsProps extends Omit<Props, 'onRun'> {
  readonly onOpen: (stepId: string) => void
}

function Steps({ lab, session, onOpen }: StepsProps) {
  return (
    <ol className="steps" aria-label="Steps">
      {lab.steps.map(({ id, title }, index) => {
        const state = session.steps[index]?.state ?? 'locked'
        const isCurrent = id === session.currentStep
        return (
          <li key={id}>
            <button
              type="button"
              disabled={state === 'locked'}
              data-state={state}
              aria-current={isCurrent ? 'step' : undefined}
              onClick={() => isCurrent || onOpen(id)}
              title={title}
            >
              {state === 'done' ? (
                <Check aria-hidden="true" />
              ) : state === 'locked' ? (
                <Lock aria-hidden="true" />
              ) : (
                index + 1
              )}
              <span className="visually-hidden">
                Step {index + 1}: {title}, {state}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

interface HelpProps {
  readonly step: LabStep
  readonly view: StepView
  readonly sessionId: string
  readonly onRun: RunCode
}

function Help({ step, view, sessionId, onRun }: HelpProps) {
  const { busy, run } = useAction()
  const [asks, setAsks] = useState(false)
  const ref = { sessionId, stepId: step.id }
  const left = step.hintCount - view.hints.length
  return (
    <div className="help">
      {view.hints.map((hint, index) => (
        <div key={hint} className="hint">
          <h3>Hint {index + 1}</h3>
          <Markdown text={hint} onRun={onRun} />
        </div>
      ))}
      {view.solution !== null && (
        <div className="hint">
          <h3>Solution</h3>
          <CodeBlock
            fence={{ language: 'sh', runs: true, node: null }}
            source={view.solution}
            onRun={onRun}
          />
        </div>
      )}
      <div className="row">
        {left > 0 && (
          <Button
            weight="quiet"
            small
            isDisabled={busy}
            icon={<Lightbulb aria-hidden="true" />}
            onPress={() => run(() => api.call('session.hint', ref))}
          >
            {view.hints.length === 0 ? 'Show a hint' : `Another hint (${left} left)`}
          </Button>
        )}
        {step.hasSolution && view.solution === null && (
          <Button weight="quiet" small isDisabled={busy} onPress={() => setAsks(true)}>
            Show the solution
          </Button>
        )}
      </div>
      <ConfirmDialog
        title="Show the solution?"
        text="You learn more when you find it yourself. The hints may be enough."
        action="Show it"
        isOpen={asks}
        onClose={() => setAsks(false)}
        onConfirm={() => run(() => api.call('session.solution', ref))}
      />
    </div>
  )
}

function Completed({ title }: { readonly title: string }) {
  const [, navigate] = useLocation()
  return (
    <div className="completed" role="status">
      <PartyPopper aria-hidden="true" />
      <div>
        <h3>You have completed “{title}”</h3>
        <p>The nodes are yours to play with until you stop the lab.</p>
      </div>
      <Button onPress={() => navigate('/')}>To the labs</Button>
    </div>
  )
}

/** Ctrl+Enter (Cmd+Enter) goes on. */
function useNextKey(isOn: boolean, goOn: () => void) {
  useEffect(() => {
    if (!isOn) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      goOn()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  })
}
