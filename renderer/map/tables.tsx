/** The map as tables, for screen readers, for printing, and for those who like to compare. */
import type { ReactNode } from 'react'
import type { MapView } from '../../main/api'
import { type Inspectable, useMapActions } from './map-context'
import { More } from './thing'
import { nameOf, portWords, signsOf, stateOf, taskState } from './words'
import './tables.css'

export function Tables({ map }: { readonly map: MapView }) {
  return (
    <div className="map-tables">
      <NodeTable map={map} />
      {map.swarm && <ServiceTable map={map} />}
      <ContainerTable map={map} />
      <NetworkTable map={map} />
      <VolumeTable map={map} />
    </div>
  )
}

interface TableProps {
  readonly caption: string
  readonly heads: readonly string[]
  readonly children: ReactNode
}

function Table({ caption, heads, children }: TableProps) {
  return (
    <table className="map-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

interface RowProps {
  readonly thing: Inspectable
  readonly cells: readonly string[]
}

/** The name of a thing shows its details. */
function Row({ thing, cells }: RowProps) {
  const { inspect, pointed } = useMapActions()
  const key = `${thing.kind === 'engine' ? 'node' : thing.kind}:${thing.name}`
  return (
    <tr data-thing={key} data-pointed={pointed === key || undefined}>
      <th scope="row">
        <button type="button" className="map-thing" onClick={() => inspect(thing)}>
          {thing.name}
        </button>
      </th>
      {cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column
        <td key={index}>{cell}</td>
      ))}
    </tr>
  )
}

function NodeTable({ map }: { readonly map: MapView }) {
  return (
    <Table caption="Nodes" heads={['Node', 'Role and state', 'Availability', 'Containers', 'Problem']}>
      {map.nodes.map((node) => (
        <Row
          key={node.name}
          thing={
            node.member
              ? { kind: 'node', id: node.member.id, name: node.name, node: null }
              : { kind: 'engine', id: node.name, name: node.name, node: node.name }
          }
          cells={[
            signsOf(node)
              .map(({ word }) => word)
              .join(', '),
            node.member?.availability ?? '',
            `${node.containers.length + node.moreContainers}`,
            node.problem ?? '',
          ]}
        />
      ))}
    </Table>
  )
}

function ServiceTable({ map }: { readonly map: MapView }) {
  return (
    <>
      <Table caption="Services" heads={['Service', 'Mode', 'Tasks that run', 'Image', 'Ports']}>
        {map.services.map(({ id, name, mode, running, wanted, image, ports }) => (
          <Row
            key={id}
            thing={{ kind: 'service', id, name, node: null }}
            cells={[mode, `${running} of ${wanted}`, image, ports.map(portWords).join(', ')]}
          />
        ))}
      </Table>
      <More count={map.moreServices} />
      {map.swarm?.problem && <p className="map-problem">{map.swarm.problem}</p>}
    </>
  )
}

function ContainerTable({ map }: { readonly map: MapView }) {
  return (
    <Table
      caption="Containers and tasks"
      heads={['Name', 'Node', 'State', 'Image', 'Networks', 'Ports', 'Volumes']}
    >
      {map.tasks.map((task) => (
        <Row
          key={task.id}
          thing={{ kind: 'task', id: task.id, name: task.slot, node: null }}
          cells={[
            task.node ?? 'none',
            task.error ? `${taskState(task)}: ${task.error}` : taskState(task),
            task.image,
            '',
            '',
            '',
          ]}
        />
      ))}
      {map.nodes.flatMap((node) =>
        node.containers.map((one) => (
          <Row
            key={one.id}
            thing={{ kind: 'container', id: one.id, name: nameOf(one), node: node.name }}
            cells={[
              node.name,
              stateOf(one).word,
              one.image,
              one.networks.join(', '),
              one.ports.map(portWords).join(', '),
              one.volumes.join(', '),
            ]}
          />
        )),
      )}
    </Table>
  )
}

function NetworkTable({ map }: { readonly map: MapView }) {
  return (
    <Table caption="Networks" heads={['Network', 'Node', 'Driver', 'Scope']}>
      {map.nodes.flatMap(({ name: node, networks }) =>
        networks.map(({ id, name, driver, scope }) => (
          <Row
            key={`${node} ${id}`}
            thing={{ kind: 'network', id, name, node }}
            cells={[node, driver, scope]}
          />
        )),
      )}
    </Table>
  )
}

function VolumeTable({ map }: { readonly map: MapView }) {
  return (
    <Table caption="Volumes" heads={['Volume', 'Node', 'Driver']}>
      {map.nodes.flatMap(({ name: node, volumes }) =>
        volumes.map(({ name, driver }) => (
          <Row
            key={`${node} ${name}`}
            thing={{ kind: 'volume', id: name, name, node }}
            cells={[node, driver]}
          />
        )),
      )}
    </Table>
  )
}
