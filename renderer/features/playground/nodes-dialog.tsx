/** Adds nodes to a playground that runs, and removes them. */
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SessionView } from '../../../main/api'
import { type Action, useClient } from '../../api'
import { Button, Dialog, ProblemPanel, Segments } from '../../components'

interface Props {
  readonly session: SessionView
  readonly action: Action
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function NodesDialog({ session, action, isOpen, onClose }: Props) {
  return (
    <Dialog title="Nodes of this playground" isOpen={isOpen} onClose={onClose}>
      <div className="playground-dialog">
        <AddNode session={session} action={action} />
        <RemoveNodes session={session} action={action} />
        <p role="status">{session.activity && `${session.activity}…`}</p>
        {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
      </div>
      <div className="dialog-actions">
        <Button onPress={onClose}>Close</Button>
      </div>
    </Dialog>
  )
}

type PartProps = Pick<Props, 'session' | 'action'>
type Role = 'manager' | 'worker'

const ROLES = [
  { id: 'worker', label: 'Worker' },
  { id: 'manager', label: 'Manager' },
] as const

function AddNode({ session, action }: PartProps) {
  const api = useClient()
  const [role, setRole] = useState<Role>('worker')
  const [join, setJoin] = useState(hasSwarm(session))
  const add = () => api.call('playground.addNode', { sessionId: session.id, role, join })
  return (
    <>
      <Segments label="Add a node" segments={ROLES} value={role} onChange={setRole} />
      <label className="playground-check">
        <input type="checkbox" checked={join} onChange={({ target }) => setJoin(target.checked)} />
        <span>Join the swarm</span>
      </label>
      <div>
        <Button weight="primary" isDisabled={action.busy} onPress={() => action.run(add)}>
          Add the node
        </Button>
      </div>
    </>
  )
}

/** A swarm that the student has formed counts as little as one that was left: only the person knows. */
function hasSwarm({ playground }: SessionView): boolean {
  return Boolean(playground?.nodes.some(({ swarm }) => swarm !== 'none'))
}

function RemoveNodes({ session, action }: PartProps) {
  const api = useClient()
  const [leave, setLeave] = useState(true)
  const [asked, setAsked] = useState<string | null>(null)
  const remove = (node: string) => {
    setAsked(null)
    action.run(() => api.call('playground.removeNode', { sessionId: session.id, node, leave }))
  }
  const isLast = session.nodes.length === 1
  return (
    <>
      <h3>Remove a node</h3>
      <label className="playground-check">
        <input type="checkbox" checked={leave} onChange={({ target }) => setLeave(target.checked)} />
        <span>It leaves the swarm first</span>
      </label>
      <ul>
        {session.nodes.map(({ name, state }) => (
          <li key={name}>
            <span>
              {name} <small>{state}</small>
            </span>
            <Button
              small
              weight={asked === name ? 'danger' : 'normal'}
              isDisabled={action.busy || isLast}
              icon={<Trash2 aria-hidden="true" />}
              onPress={() => (asked === name ? remove(name) : setAsked(name))}
            >
              {asked === name ? `Really remove ${name}` : `Remove ${name}`}
            </Button>
          </li>
        ))}
      </ul>
      <p>Everything in a removed node is lost.</p>
    </>
  )
}
