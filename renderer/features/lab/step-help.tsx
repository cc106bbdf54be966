/** The help of a step: hints one after the other, and the solution. */
import { Lightbulb } from 'lucide-react'
import { useState } from 'react'
import type { LabStep, NodeAction, SessionView, StepView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, ConfirmDialog, Markdown, ProblemPanel, Solution } from '../../components'
import './step-help.css'

interface Props {
  readonly step: LabStep
  readonly view: StepView
  readonly session: SessionView
}

export function StepHelp({ step, view, session }: Props) {
  const api = useClient()
  const action = useAction()
  const act = (node: string, what: NodeAction) =>
    action.run(() => api.call('session.switchNode', { sessionId: session.id, node, action: what }))
  return (
    <div className="help" data-part="help">
      {view.hints.map((hint, index) => (
        <div key={hint} className="hint">
          <h3>Hint {index + 1}</h3>
          <Markdown text={hint} />
        </div>
      ))}
      {view.solution !== null && (
        <div className="hint">
          <h3>Solution</h3>
          <Solution
            parts={view.solution}
            nodes={session.nodes.map(({ name }) => name)}
            acting={{ isDisabled: action.busy || session.state !== 'running', act }}
          />
          {action.problem && <ProblemPanel problem={action.problem} />}
        </div>
      )}
      <MoreHelp step={step} view={view} session={session} />
    </div>
  )
}

function MoreHelp({ step, view, session }: Props) {
  const api = useClient()
  const { busy, run } = useAction()
  const [isAsked, setIsAsked] = useState(false)
  const ref = { sessionId: session.id, stepId: step.id }
  const left = step.hintCount - view.hints.length
  return (
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
        <Button weight="quiet" small isDisabled={busy} onPress={() => setIsAsked(true)}>
          Show the solution
        </Button>
      )}
      <ConfirmDialog
        title="Show the solution?"
        text="You learn more when you find it yourself. The hints may be enough."
        action="Show it"
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        onConfirm={() => run(() => api.call('session.solution', ref))}
      />
    </div>
  )
}
