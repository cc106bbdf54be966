/** A lab whose nodes are lost: it gets new ones, or it is stopped. */
import type { LabDetail, SessionView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, PageTitle, ProblemPanel } from '../../components'
import { canBeginAt } from './can-begin-at'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
}

export function BrokenLab({ lab, session }: Props) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const sessionId = session.id
  const at = lab.steps.findIndex(({ id }) => id === session.currentStep)
  const later = at > 0 && canBeginAt(lab, at) ? lab.steps[at] : undefined
  const reset = (stepId?: string) => run(() => api.call('session.reset', { sessionId, stepId }))
  return (
    <main id="main" className="page lab-closed">
      <PageTitle title={lab.title} />
      {session.problem && <ProblemPanel problem={session.problem} />}
      {problem && <ProblemPanel problem={problem} />}
      <p>A reset gives you new nodes. The steps you have completed stay in your progress.</p>
      <div className="row">
        {later && (
          <Button weight="primary" isDisabled={busy} onPress={() => reset(later.id)}>
            {`Begin again at step ${at + 1}`}
          </Button>
        )}
        <Button weight={later ? 'normal' : 'primary'} isDisabled={busy} onPress={() => reset()}>
          Reset the lab
        </Button>
        <Button isDisabled={busy} onPress={() => run(() => api.call('session.stop', { sessionId }))}>
          Stop the lab
        </Button>
      </div>
    </main>
  )
}
