/** The instructions of the current step, with its checks and its help, and the way to the next step. */
import { ArrowRight, PartyPopper } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { LabDetail, LabStep, SessionView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, Markdown, ProblemPanel, type RunCode } from '../../components'
import { Checks } from './checks'
import { StepHelp } from './step-help'
import { Steps } from './steps'
import './instructions.css'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
  readonly onRun: RunCode
}

export function Instructions({ lab, session, onRun }: Props) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const top = useRef<HTMLDivElement>(null)
  const index = lab.steps.findIndex(({ id }) => id === session.currentStep)
  const [step, view, next] = [lab.steps[index], session.steps[index], lab.steps[index + 1]]
  useEffect(() => {
    if (step) top.current?.scrollTo({ top: 0 })
  }, [step])
  if (!step || !view) return null
  const open = (stepId: string) => run(() => api.call('session.openStep', { sessionId: session.id, stepId }))
  const isReady = view.state === 'done' && session.state === 'running' && !busy
  return (
    <section className="instructions" aria-label="Instructions" data-pane="instructions" ref={top}>
      <Steps lab={lab} session={session} onOpen={open} />
      {session.notice && <p className="bench-notice">{session.notice}</p>}
      <h2 tabIndex={-1} data-pane-focus>
        {step.title}
      </h2>
      <Markdown text={step.markdown} onRun={onRun} />
      <Checks checks={view.checks} />
      <StepHelp key={step.id} step={step} view={view} sessionId={session.id} onRun={onRun} />
      {problem && <ProblemPanel problem={problem} />}
      {session.completed && <Completed title={lab.title} />}
      {next && <NextStep step={next} isReady={isReady} onOpen={() => open(next.id)} />}
    </section>
  )
}

interface NextProps {
  readonly step: LabStep
  readonly isReady: boolean
  readonly onOpen: () => void
}

function NextStep({ step, isReady, onOpen }: NextProps) {
  useNextKey(isReady, onOpen)
  return (
    <div className="instructions-next">
      <Button
        weight={isReady ? 'primary' : 'normal'}
        isDisabled={!isReady}
        onPress={onOpen}
        icon={<ArrowRight aria-hidden="true" />}
      >
        Next step
      </Button>
      <span>{step.title}</span>
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
      <Button onPress={() => navigate('/labs')}>To the labs</Button>
    </div>
  )
}

/** Ctrl+Enter (Cmd+Enter) opens the next step. The terminal must not get the key, so it is taken early. */
function useNextKey(isOn: boolean, open: () => void) {
  useEffect(() => {
    if (!isOn) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      open()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  })
}
