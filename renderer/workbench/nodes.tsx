/** The lab's nodes: how they are, and what can be done to them. */
import { ChevronDown } from 'lucide-react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { NodeAction, NodeView, SessionView } from '../../main/api'
import { api } from '../api/connection'
import type { Action } from '../api/hooks'
import '../components/menu.css'
import './nodes.css'

const LABELS: Readonly<Record<NodeAction, string>> = {
  start: 'Start',
  stop: 'Stop',
  kill: 'Kill',
  restart: 'Restart',
  cut: 'Cut off from the network',
  rejoin: 'Connect to the network again',
}

/** What makes sense in which state. */
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

interface Props {
  readonly session: SessionView
  readonly action: Action
  readonly onPreview: (node: string, port: number) => void
}

export function Nodes({ session, action, onPreview }: Props) {
  const act = (node: string, what: NodeAction) =>
    action.run(() => api.call('session.act', { sessionId: session.id, node, action: what }))
  return (
    <ul className="bench-nodes" aria-label="Nodes">
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
  const { name, state, ports } = node
  const actions = ACTIONS[state]
  return (
    <MenuTrigger>
      <AriaButton className="lab-node" isDisabled={isDisabled || actions.length === 0}>
        {name}
        {state !== 'running' && <span className="lab-node-state">{STATE_WORDS[state]}</span>}
        {ports.length > 0 && (
          <span className="lab-node-ports">{ports.map((port) => `:${port}`).join(' ')}</span>
        )}
        <ChevronDown aria-hidden="true" />
        <span className="visually-hidden">: {STATE_WORDS[state]}, what to do with it</span>
      </AriaButton>
      <Popover className="menu">
        <Menu
          aria-label={name}
          onAction={(key) => (typeof key === 'number' ? onPreview(key) : onAction(key as NodeAction))}
        >
          {ports.map((port) => (
            <MenuItem key={port} id={port} className="menu-item">
              Open port {port}
            </MenuItem>
          ))}
          {actions.map((action) => (
            <MenuItem key={action} id={action} className="menu-item">
              {LABELS[action]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
