/** The small things of the map: containers, tasks, networks, volumes and ports. */
import { Database, ExternalLink, Share2 } from 'lucide-react'
import type { MapContainerView, MapNodeView, MapPortView, MapTaskView } from '../../main/api'
import { useMapActions } from './map-context'
import { SignText, Thing } from './thing'
import { colourOf, isPointed, nameOf, portWords, stateOf, taskState } from './words'

interface OnNode<T> {
  readonly node: string
  readonly one: T
}

/** States in which a container holds its place. An old one of the same slot must not be taken for it. */
const LIVE = new Set(['running', 'paused', 'restarting', 'created'])

export function ContainerChip({ node, one }: OnNode<MapContainerView>) {
  const { pointed } = useMapActions()
  const name = nameOf(one)
  const sign = stateOf(one)
  const isLive = LIVE.has(one.state)
  return (
    <li
      className="map-chip"
      data-colour={one.task ? colourOf(one.task.service) : undefined}
      data-live={isLive}
      data-place={isLive ? name : one.id}
      data-thing={`container:${name}`}
      data-pointed={isPointed(pointed, 'container', name, one.task?.service) || undefined}
    >
      <Thing thing={{ kind: 'container', id: one.id, name, node }} kind="Container">
        <strong>{name}</strong>
        <span className="map-image">{one.image}</span>
        <SignText sign={sign} />
        {one.networks.map((network) => (
          <span key={network} className="map-tag" data-colour={colourOf(network)}>
            {network}
          </span>
        ))}
      </Thing>
      <Ports node={node} ports={one.ports} />
    </li>
  )
}

export function TaskChip({ one }: { readonly one: MapTaskView }) {
  const { pointed } = useMapActions()
  const sign = stateOf({ state: taskState(one) })
  return (
    <li
      className="map-chip map-chip-task"
      data-colour={colourOf(one.service)}
      data-place={one.slot}
      data-thing={`task:${one.slot}`}
      data-pointed={isPointed(pointed, 'task', one.slot, one.service) || undefined}
    >
      <Thing thing={{ kind: 'task', id: one.id, name: one.slot, node: null }} kind="Task">
        <strong>{one.slot}</strong>
        <span className="map-image">{one.image}</span>
        <SignText sign={sign} />
        {one.error && <span className="map-error">{one.error}</span>}
      </Thing>
    </li>
  )
}

export function NetworkChip({ node, one }: OnNode<MapNodeView['networks'][number]>) {
  const { pointed } = useMapActions()
  return (
    <li
      className="map-small"
      data-colour={colourOf(one.name)}
      data-thing={`network:${one.name}`}
      data-pointed={isPointed(pointed, 'network', one.name) || undefined}
    >
      <Thing thing={{ kind: 'network', id: one.id, name: one.name, node }} kind="Network">
        <Share2 aria-hidden="true" />
        {one.name} <small>{one.driver}</small>
      </Thing>
    </li>
  )
}

export function VolumeChip({ node, one }: OnNode<MapNodeView['volumes'][number]>) {
  const { pointed } = useMapActions()
  return (
    <li
      className="map-small"
      data-thing={`volume:${one.name}`}
      data-pointed={isPointed(pointed, 'volume', one.name) || undefined}
    >
      <Thing thing={{ kind: 'volume', id: one.name, name: one.name, node }} kind="Volume">
        <Database aria-hidden="true" />
        {/* A volume without a name of its own has 64 digits. */}
        {one.name.length > 24 ? `${one.name.slice(0, 12)}…` : one.name}
      </Thing>
    </li>
  )
}

interface PortsProps {
  readonly node: string
  readonly ports: readonly MapPortView[]
}

/** Published ports. A TCP port opens in a tab beside the terminals. */
export function Ports({ node, ports }: PortsProps) {
  const { preview } = useMapActions()
  return ports.map((port) =>
    port.protocol === 'tcp' ? (
      <button
        key={portWords(port)}
        type="button"
        className="map-port"
        onClick={() => preview(node, port.published)}
      >
        <span className="visually-hidden">Open port </span>
        {portWords(port)} <ExternalLink aria-hidden="true" />
        <span className="visually-hidden"> of {node}</span>
      </button>
    ) : (
      <span key={portWords(port)} className="map-port">
        {portWords(port)}
      </span>
    ),
  )
}
