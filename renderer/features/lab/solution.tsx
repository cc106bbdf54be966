/** The solution of a step: what one types on each node, and what one does with a node. */
import type { NodeAction, SessionView, SolutionPart } from '../../../main/api'
import { type Action, useClient } from '../../api'
import { Button, CodeBlock } from '../../components'
import './solution.css'

const WORDS: Readonly<Record<NodeAction, readonly [before: string, button: string]>> = {
  start: ['Start', 'Start'],
  stop: ['Stop', 'Stop'],
  kill: ['Kill', 'Kill'],
  restart: ['Restart', 'Restart'],
  cut: ['Cut off from the network:', 'Cut off'],
  rejoin: ['Connect to the network again:', 'Connect'],
}

interface Props {
  readonly parts: readonly SolutionPart[]
  readonly session: SessionView
  readonly action: Action
}

export function Solution({ parts, session, action }: Props) {
  const api = useClient()
  const isAlone = session.nodes.length === 1
  const act = (node: string, what: NodeAction) =>
    action.run(() => api.call('session.switchNode', { sessionId: session.id, node, action: what }))
  return (
    <ol className="solution" aria-label="Solution">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a solution never move
        <li key={index}>
          {part.kind === 'code' ? (
            <CodeBlock
              fence={{ language: 'sh', runs: part.runs, node: isAlone ? null : part.node }}
              source={part.text}
            />
          ) : (
            <NodeLine
              node={part.node}
              what={part.action}
              isDisabled={action.busy || session.state !== 'running'}
              onPress={() => act(part.node, part.action)}
            />
          )}
        </li>
      ))}
    </ol>
  )
}

interface NodeLineProps {
  readonly node: string
  readonly what: NodeAction
  readonly isDisabled: boolean
  readonly onPress: () => void
}

/** What is done from the menu of a node. */
function NodeLine({ node, what, isDisabled, onPress }: NodeLineProps) {
  const [before, button] = WORDS[what]
  return (
    <p className="solution-node">
      <span>
        {before} <b>{node}</b>, from its menu or here.
      </span>
      <Button small isDisabled={isDisabled} onPress={onPress} aria-label={`${button} ${node}`}>
        {button}
      </Button>
    </p>
  )
}
