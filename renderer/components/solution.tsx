/** A solution in parts: what one types on each node, and what one does with a node. */
import type { NodeAction, SolutionPart } from '../../main/api'
import { Button } from './button'
import { CodeBlock } from './code-block'
import './solution.css'

const WORDS: Readonly<Record<NodeAction, readonly [before: string, button: string]>> = {
  start: ['Start', 'Start'],
  stop: ['Stop', 'Stop'],
  kill: ['Kill', 'Kill'],
  restart: ['Restart', 'Restart'],
  cut: ['Cut off from the network:', 'Cut off'],
  rejoin: ['Connect to the network again:', 'Connect'],
}

/** Does it with the nodes that are there. */
export interface Acting {
  readonly isDisabled: boolean
  readonly act: (node: string, action: NodeAction) => void
}

interface Props {
  readonly parts: readonly SolutionPart[]
  /** The nodes of the lab. With one of them alone, no part has to name it. */
  readonly nodes: readonly string[]
  /** Null where the nodes are gone: the parts are read only. */
  readonly acting?: Acting | null
}

export function Solution({ parts, nodes, acting = null }: Props) {
  return (
    <ol className="solution" aria-label="Solution">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a solution never move
        <li key={index}>
          {part.kind === 'code' ? (
            <CodeBlock
              fence={{ language: 'sh', runs: part.runs, node: nodes.length === 1 ? null : part.node }}
              source={part.text}
            />
          ) : (
            <NodeLine node={part.node} action={part.action} acting={acting} />
          )}
        </li>
      ))}
    </ol>
  )
}

interface NodeLineProps {
  readonly node: string
  readonly action: NodeAction
  readonly acting: Acting | null
}

/** What is done from the menu of a node. */
function NodeLine({ node, action, acting }: NodeLineProps) {
  const [before, button] = WORDS[action]
  return (
    <p className="solution-node">
      <span>
        {before} <b>{node}</b>, from its menu{acting && ' or here'}.
      </span>
      {acting && (
        <Button
          small
          isDisabled={acting.isDisabled}
          onPress={() => acting.act(node, action)}
          aria-label={`${button} ${node}`}
        >
          {button}
        </Button>
      )}
    </p>
  )
}
