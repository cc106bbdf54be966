/** The nodes of a session: their states, and a menu of what can be done to each. */
import { ChevronDown } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { NodeAction, NodeView, SessionView } from '../../main/api'
import { type Action, useClient } from '../api'
import { MenuButton, type MenuChoice } from './menu-button'
import './nodes.css'

const LABELS: Readonly<Record<NodeAction, string>> = {
  start: 'Start',
  stop: 'Stop',
  kill: 'Kill',
  restart: 'Restart',
  cut: 'Cut off from the network',
  rejoin: 'Connect to the network again',
}

/** The actions that make sense in each state. */
const ACTIONS: Readonly<Record<NodeView['state'], readonly NodeAction[]>> = {
  starting: [],
  running: ['restart', 'stop', 'kill', 'cut'],
  cut: ['rejoin', 'restart', 'stop', 'kill'],
  stopped: ['start'],
  gone: [],
}

const STATE_WORDS: Readonly<Record<NodeView['state'], string>> = {
  starting: 'starting',
  running: 'running',
  cut: 'cut off',
  stopped: 'stopped',
  gone: 'gone',
}

const TROUBLE_WORDS: Readonly<Record<NonNullable<NodeView['trouble']>, string>> = {
  memory: 'out of memory',
  disk: 'filled the disk',
}

/** What is beside the name of a node that is not as it should be. */
function stateWords({ state, trouble }: NodeView): string {
  return trouble ? `${STATE_WORDS[state]}, ${TROUBLE_WORDS[trouble]}` : STATE_WORDS[state]
}

interface Props {
  readonly session: SessionView
  readonly action: Action
  readonly onPreview: (node: string, port: number) => void
}

export function Nodes({ session, action, onPreview }: Props) {
  const api = useClient()
  const act = (node: string, what: NodeAction) =>
    action.run(() => api.call('session.switchNode', { sessionId: session.id, node, action: what }))
  return (
    <ul className="bench-nodes" aria-label="Nodes" data-pane="nodes">
      {session.nodes.map((node) => (
        <li key={node.name} data-state={node.state}>
          <NodeMenu
            node={node}
            isDisabled={action.busy || session.state !== 'running'}
            onAction={(what) => act(node.name, what)}
            onPreview={(port) => onPreview(node.name, port)}
          />
        </li>
      ))}
    </ul>
  )
}

interface NodeMenuProps {
  readonly node: NodeView
  readonly isDisabled: boolean
  readonly onAction: (action: NodeAction) => void
  readonly onPreview: (port: number) => void
}

function NodeMenu({ node, isDisabled, onAction, onPreview }: NodeMenuProps) {
  const { name, state, ports, trouble } = node
  const choices: MenuChoice[] = [
    ...ports.map((port) => ({ id: `${port}`, text: `Open port ${port}`, onChoose: () => onPreview(port) })),
    ...ACTIONS[state].map((what) => ({ id: what, text: LABELS[what], onChoose: () => onAction(what) })),
  ]
  return (
    <MenuButton label={name} choices={choices}>
      <AriaButton className="bench-node" isDisabled={isDisabled || ACTIONS[state].length === 0}>
        {name}
        {(trouble || state !== 'running') && <span className="bench-node-state">{stateWords(node)}</span>}
        {ports.length > 0 && (
          <span className="bench-node-ports">{ports.map((port) => `:${port}`).join(' ')}</span>
        )}
        <ChevronDown aria-hidden="true" />
        <span className="visually-hidden">: {stateWords(node)}, what to do with it</span>
      </AriaButton>
    </MenuButton>
  )
}
