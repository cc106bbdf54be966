/** The place where a command item is answered: a terminal on a node of its own, which the checks look at afterwards. */
import { Play, RotateCcw } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import type { CurrentItem } from '../../../main/api'
import { useStream } from '../../api'
import { Button, ProblemPanel } from '../../components'
import { Terminals, type TerminalsHandle, Waiting } from '../../workbench'
import type { Acts } from './use-acts'
import './command-bench.css'

interface Props {
  readonly current: CurrentItem
  readonly acts: Pick<Acts, 'node'>
}

export function CommandBench({ current: { command, closed }, acts: { node } }: Props) {
  const { value: setup } = useStream('setup.watch', {})
  const sessionId = command?.sessionId ?? null
  if (node.isJudging)
    return (
      <Place>
        <Waiting activity="The checks look at your node" />
      </Place>
    )
  if (sessionId !== null) return <OnNode sessionId={sessionId} node={node} />
  if (closed) return null
  const isReady = setup?.phase === 'ready'
  return (
    <Place>
      <h2>{isReady ? 'Answer it in a terminal' : 'This question needs an engine'}</h2>
      <p>
        {isReady
          ? 'You get a node of your own. Type the command there, then check your answer. What counts is what the node is like afterwards.'
          : 'Nodes run on an engine, and none is ready. You can skip the question: it does not count until you have tried it.'}
      </p>
      <Button
        weight="primary"
        icon={<Play aria-hidden="true" />}
        isDisabled={!isReady || node.busy}
        onPress={node.take}
      >
        Take a node
      </Button>
    </Place>
  )
}

function Place({ children }: { readonly children: ReactNode }) {
  return (
    <section className="command-bench command-bench-empty" aria-label="Your node">
      {children}
    </section>
  )
}

interface OnNodeProps {
  readonly sessionId: string
  readonly node: Acts['node']
}

function OnNode({ sessionId, node }: OnNodeProps) {
  const { value: session } = useStream('session.watch', { sessionId })
  const terminals = useRef<TerminalsHandle>(null)
  if (session?.id !== sessionId)
    return (
      <Place>
        <Waiting activity={null} />
      </Place>
    )
  if (session.state === 'broken')
    return (
      <Place>
        {session.problem && <ProblemPanel problem={session.problem} />}
        <StartOver node={node} />
      </Place>
    )
  if (session.state !== 'running')
    return (
      <Place>
        <Waiting activity={session.activity} />
      </Place>
    )
  return (
    <section className="command-bench" aria-label="Your node">
      <Terminals key={`${session.id} ${session.startedAt}`} session={session} ref={terminals} />
      <div className="command-bench-foot">
        <p>The node is yours until you check your answer or go to another item.</p>
        <StartOver node={node} />
      </div>
    </section>
  )
}

function StartOver({ node }: Pick<OnNodeProps, 'node'>) {
  return (
    <Button icon={<RotateCcw aria-hidden="true" />} isDisabled={node.busy} onPress={node.renew}>
      Start over on a new node
    </Button>
  )
}
