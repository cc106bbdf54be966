/** What stands in the place of the terminals while the nodes are on their way. */
import type { SessionView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, ProblemPanel } from '../../components'
import { Waiting } from '../../workbench'
import './preparing.css'

/** Canceling removes the nodes: half of what was done in them is no state in which a step begins. */
export function Preparing({ session }: { readonly session: SessionView }) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const canCancel = session.state === 'starting' || session.state === 'resetting'
  return (
    <div className="preparing">
      <Waiting activity={session.activity} />
      {problem && <ProblemPanel problem={problem} />}
      {canCancel && (
        <Button
          isDisabled={busy}
          onPress={() => run(() => api.call('session.stop', { sessionId: session.id }))}
        >
          Cancel
        </Button>
      )}
    </div>
  )
}
