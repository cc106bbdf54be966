/** The instructions of the current step and its help, between the list of steps and the strip with the checks. */
import { useEffect, useRef } from 'react'
import type { LabDetail, SessionView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { CodeRunner, Markdown, ProblemPanel, type RunCode } from '../../components'
import { Completed } from './completed'
import { type Ending, endingOf } from './ending'
import { LabNote } from './lab-note'
import { StepHelp } from './step-help'
import { Steps } from './steps'
import { Strip } from './strip'
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
  const ending = endingOf(lab, session)
  const open = (stepId: string) => run(() => api.call('session.openStep', { sessionId: session.id, stepId }))
  return (
    <section className="instructions" aria-label="Instructions" data-pane="instructions">
      <Steps lab={lab} session={session} onOpen={open} />
      <div className="instructions-text" ref={top}>
        {session.notice && <p className="bench-notice">{session.notice}</p>}
        <h2 tabIndex={-1} data-pane-focus>
          {step.title}
        </h2>
        <CodeRunner run={onRun} nodes={lab.nodes}>
          <Markdown text={step.markdown} />
          <StepHelp key={step.id} step={step} view={view} session={session} />
        </CodeRunner>
        {problem && <ProblemPanel problem={problem} />}
        <LabNote labId={lab.id} />
      </div>
      <Strip
        session={session}
        view={view}
        next={next}
        busy={busy}
        onNext={open}
        ending={ending && endingView(lab, session, ending)}
      />
    </section>
  )
}

function endingView(lab: LabDetail, session: SessionView, ending: Ending) {
  return {
    words: ending.skipped.length > 0 ? 'This was the last step.' : 'You have completed this lab.',
    content: <Completed lab={lab} session={session} ending={ending} />,
  }
}
