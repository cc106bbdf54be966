/** The playgrounds that there are: those that run, and those that were saved for another day. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { SessionView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, ConfirmDialog, count, moment, ProblemPanel } from '../../components'
import { useLeave } from '../../workbench'
import { RenameDialog } from './rename-dialog'

const STATES: Readonly<Record<SessionView['state'], string>> = {
  starting: 'starting',
  running: 'running',
  resetting: 'starting',
  stopping: 'being deleted',
  stopped: 'deleted',
  broken: 'has a problem',
  saved: 'saved',
}

export function PlaygroundList({ playgrounds }: { readonly playgrounds: readonly SessionView[] }) {
  return (
    <section className="playground-list" aria-labelledby="playground-yours">
      <h2 id="playground-yours">Your playgrounds</h2>
      {playgrounds.length === 0 ? (
        <p>None yet. A playground that you save is listed here until you delete it.</p>
      ) : (
        <ul>
          {playgrounds.map((playground) => (
            <Row key={playground.id} session={playground} />
          ))}
        </ul>
      )}
    </section>
  )
}

type Question = 'rename' | 'delete'

function Row({ session }: { readonly session: SessionView }) {
  const [question, setQuestion] = useState<Question | null>(null)
  const action = useAction()
  const close = () => setQuestion(null)
  return (
    <li className="playground-row">
      <Words session={session} />
      <Buttons session={session} action={action} onAsk={setQuestion} />
      {action.problem && <ProblemPanel problem={action.problem} />}
      <RenameDialog session={session} isOpen={question === 'rename'} onClose={close} run={action.run} />
      <DeleteDialog session={session} isOpen={question === 'delete'} onClose={close} run={action.run} />
    </li>
  )
}

function Words({
  session: { playground, state, activity, nodes, startedAt },
}: {
  readonly session: SessionView
}) {
  const savedAt = state === 'saved' && playground?.savedAt
  return (
    <div className="playground-words">
      <h3>{playground?.name}</h3>
      <p>
        {activity ?? STATES[state]}
        {savedAt ? ` ${moment(savedAt)}` : `, started ${moment(startedAt)}`} · {count(nodes.length, 'node')}:{' '}
        {nodes.map(({ name }) => name).join(', ')}
      </p>
    </div>
  )
}

interface ButtonsProps {
  readonly session: SessionView
  readonly action: ReturnType<typeof useAction>
  readonly onAsk: (question: Question) => void
}

function Buttons({ session: { id, state, playground }, action, onAsk }: ButtonsProps) {
  const api = useClient()
  const [, navigate] = useLocation()
  const go = async () => {
    if (state === 'saved') await api.call('playground.continue', { sessionId: id })
    navigate(`/playground/${id}`)
  }
  const name = playground?.name
  return (
    <div className="row">
      <Button
        weight="primary"
        small
        isDisabled={action.busy}
        aria-label={`Continue ${name}`}
        onPress={() => action.run(go)}
      >
        Continue
      </Button>
      <Button small aria-label={`Rename ${name}`} onPress={() => onAsk('rename')}>
        Rename
      </Button>
      <Button small isDisabled={action.busy} aria-label={`Delete ${name}`} onPress={() => onAsk('delete')}>
        Delete
      </Button>
    </div>
  )
}

interface QuestionProps {
  readonly session: SessionView
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly run: (work: () => Promise<unknown>) => void
}

/** Asks before everything in the nodes is lost. `leaveFor` is the page that comes after one of its own. */
export function DeleteDialog({
  session: { id, playground },
  leaveFor,
  run,
  ...dialog
}: QuestionProps & { readonly leaveFor?: string }) {
  const api = useClient()
  const leave = useLeave()
  const call = () => api.call('playground.remove', { sessionId: id })
  const remove = () => (leaveFor ? leave(call, leaveFor) : call())
  return (
    <ConfirmDialog
      title={`Delete “${playground?.name}”?`}
      text="Its nodes are removed, and everything in them is lost. To use it another day, save it instead."
      action="Delete"
      danger
      onConfirm={() => run(remove)}
      {...dialog}
    />
  )
}
