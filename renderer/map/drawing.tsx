/** The map as a drawing: the services above, and a box for each node with what is in it. */
import { Boxes, Crown } from 'lucide-react'
import { useRef } from 'react'
import type { MapNodeView, MapServiceView, MapTaskView, MapView } from '../../main/api'
import { ContainerChip, NetworkChip, Ports, TaskChip, VolumeChip } from './chips'
import { useMapActions } from './map-context'
import { More, SignText, Thing } from './thing'
import { useArrowKeys } from './use-arrow-keys'
import { useMoves } from './use-moves'
import { colourOf, isPointed, roleOf, signsOf } from './words'
import './drawing.css'

export function Drawing({ map }: { readonly map: MapView }) {
  const area = useRef<HTMLDivElement>(null)
  useArrowKeys(area)
  useMoves(area, map)
  const waiting = map.tasks.filter(({ node }) => node === null)
  return (
    <div className="map-drawing" ref={area}>
      <Swarm map={map} />
      {waiting.length > 0 && (
        <section className="map-waiting" aria-label="Tasks without a node">
          <h3>Without a node</h3>
          <Tasks label="Tasks without a node" tasks={waiting} />
        </section>
      )}
      <div className="map-nodes">
        {map.nodes.map((node) => (
          <NodeBox key={node.name} node={node} tasks={map.tasks.filter((task) => task.node === node.name)} />
        ))}
      </div>
      <More count={map.moreTasks} />
      {map.others.length > 0 && (
        <p className="map-note">
          The swarm also lists{' '}
          {map.others.map((one) => `${one.hostname} (${roleOf(one)}, ${one.state})`).join(', ')}.
        </p>
      )}
    </div>
  )
}

function Swarm({ map: { swarm, services, moreServices, nodes } }: { readonly map: MapView }) {
  if (!swarm) return null
  const [seenFrom] = swarm.seenFrom ? [swarm.seenFrom] : nodes.map(({ name }) => name)
  return (
    <section className="map-swarm" aria-label="Services">
      {swarm.problem && (
        <p className="map-problem" role="status">
          No manager answers for the swarm. {swarm.problem}
        </p>
      )}
      {!swarm.problem && services.length === 0 && <p className="map-note">The swarm has no services.</p>}
      <ul className="map-services" aria-label="Services">
        {services.map((service) => (
          <Service key={service.id} service={service} node={seenFrom ?? ''} />
        ))}
      </ul>
      <More count={moreServices} />
    </section>
  )
}

interface ServiceProps {
  readonly service: MapServiceView
  /** The node through which its ports are opened. */
  readonly node: string
}

function Service({ service, node }: ServiceProps) {
  const { pointed } = useMapActions()
  const { id, name, image, mode, running, wanted, ports, update } = service
  const isWhole = running === wanted
  return (
    <li
      className="map-chip"
      data-colour={colourOf(name)}
      data-live
      data-thing={`service:${name}`}
      data-pointed={isPointed(pointed, 'service', name) || undefined}
    >
      <Thing thing={{ kind: 'service', id, name, node: null }} kind="Service">
        <Boxes aria-hidden="true" />
        <strong>{name}</strong>
        <SignText sign={{ word: `${running}/${wanted}`, tone: isWhole ? 'good' : 'attention' }} />
        <span className="visually-hidden">tasks run</span>
        <span className="map-image">{image}</span>
        {mode !== 'replicated' && <span className="map-image">{mode}</span>}
        {update && update !== 'completed' && (
          <SignText sign={{ word: update.replaceAll('_', ' '), tone: 'attention' }} />
        )}
      </Thing>
      <Ports node={node} ports={ports} />
    </li>
  )
}

interface NodeProps {
  readonly node: MapNodeView
  /** Those without a container that can be seen. */
  readonly tasks: readonly MapTaskView[]
}

function NodeBox({ node, tasks }: NodeProps) {
  const { pointed } = useMapActions()
  const { name, member, containers, networks, volumes } = node
  const words = signsOf(node).map(({ word }) => word)
  return (
    <section
      className="map-node"
      aria-label={`${name}: ${words.join(', ')}`}
      data-state={node.state}
      data-availability={member?.availability}
      data-thing={`node:${name}`}
      data-pointed={isPointed(pointed, 'node', name) || undefined}
    >
      <Thing
        className="map-node-name"
        kind="Node"
        thing={
          member
            ? { kind: 'node', id: member.id, name, node: null }
            : { kind: 'engine', id: name, name, node: name }
        }
      >
        {member?.isLeader && <Crown aria-hidden="true" />}
        <strong>{name}</strong>
        {signsOf(node).map((sign) => (
          <SignText key={sign.word} sign={sign} />
        ))}
      </Thing>
      {node.problem && <p className="map-problem">{node.problem}</p>}
      {tasks.length > 0 && <Tasks label={`Tasks of ${name}`} tasks={tasks} />}
      {containers.length > 0 && (
        <ul className="map-things" aria-label={`Containers of ${name}`}>
          {containers.map((one) => (
            <ContainerChip key={one.id} node={name} one={one} />
          ))}
        </ul>
      )}
      <More count={node.moreContainers} />
      {networks.length + volumes.length > 0 && (
        <ul className="map-smalls" aria-label={`Networks and volumes of ${name}`}>
          {networks.map((one) => (
            <NetworkChip key={one.id} node={name} one={one} />
          ))}
          {volumes.map((one) => (
            <VolumeChip key={one.name} node={name} one={one} />
          ))}
        </ul>
      )}
      <More count={node.moreNetworks + node.moreVolumes} />
    </section>
  )
}

interface TasksProps {
  readonly label: string
  readonly tasks: readonly MapTaskView[]
}

function Tasks({ label, tasks }: TasksProps) {
  return (
    <ul className="map-things" aria-label={label}>
      {tasks.map((task) => (
        <TaskChip key={task.id} one={task} />
      ))}
    </ul>
  )
}
