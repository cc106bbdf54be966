/** The parts of the engine in memory, each with the methods of a part of the real client. */
import { createServer, type RequestListener } from 'node:http'
import type { ContainerCreateOptions } from 'dockerode'
import { CapstanError } from '../../../shared/errors'
import type { ContainerInfo, ContainerInspectInfo, NetworkInspectInfo } from '../answers'
import type { DockerClient } from '../client'
import type { ExecOptions, ExecResult } from '../output'
import { connection } from './connection.test-kit'

type Labels = Readonly<Record<string, string>>

export interface MemoryContainer {
  readonly id: string
  readonly spec: ContainerCreateOptions
  isRunning: boolean
  isPaused: boolean
  /** By the id of the network. */
  readonly networks: Map<
    string,
    { readonly aliases: readonly string[]; readonly address: string | undefined }
  >
}

interface MemoryNetwork {
  readonly id: string
  readonly name: string
  readonly labels: Labels
  readonly subnet: string | undefined
  readonly internal: boolean
}

interface MemoryVolume {
  readonly Labels: Labels
  readonly Options?: Labels
}

export interface Memory {
  readonly containers: Map<string, MemoryContainer>
  readonly networks: Map<string, MemoryNetwork>
  readonly volumes: Map<string, MemoryVolume>
  /** The id of each image by its name. */
  readonly images: Map<string, string>
  /** The calls in their order, such as "containers.start c1". */
  readonly calls: string[]
  /** The error that a call such as "containers.start" or "containers.start c1" fails with. */
  readonly failures: Map<string, Error>
  /** Bytes of containers and volumes by their ids and names. The volume of container c1 is called volume-of-c1. */
  readonly sizes: Map<string, number>
  /** Answers the commands that are run in containers. */
  exec: (container: string, cmd: readonly string[], options: ExecOptions) => ExecResult | Promise<ExecResult>
  /** Answers requests to the engines inside the containers. */
  inner: RequestListener
  /** The log of every container. */
  log: string
}

type Note = (call: string, ...about: readonly string[]) => Promise<void>

export function containersOf(engine: Memory, note: Note): DockerClient['containers'] {
  const { containers } = engine
  const running = (isRunning: boolean, call: string) => async (id: string) => {
    await note(call, id)
    get(containers, id).isRunning = isRunning
  }
  const paused = (isPaused: boolean, call: string) => async (id: string) => {
    await note(call, id)
    get(containers, id).isPaused = isPaused
  }
  return {
    create: async (spec) => {
      await note('containers.create')
      const id = `c${containers.size + 1}-${engine.calls.length}`
      const first = spec.HostConfig?.NetworkMode
      const place = spec.NetworkingConfig?.EndpointsConfig?.[first ?? '']
      const at = { aliases: place?.Aliases ?? [], address: place?.IPAMConfig?.IPv4Address }
      containers.set(id, {
        id,
        spec,
        isRunning: false,
        isPaused: false,
        networks: new Map(first ? [[first, at]] : []),
      })
      return id
    },
    start: running(true, 'containers.start'),
    stop: running(false, 'containers.stop'),
    restart: running(true, 'containers.restart'),
    kill: running(false, 'containers.kill'),
    pause: paused(true, 'containers.pause'),
    unpause: paused(false, 'containers.unpause'),
    size: async (id) => {
      await note('containers.size', id)
      const bytes = engine.sizes.get(id) ?? 0
      return { SizeRw: bytes, Mounts: [{ Name: `volume-of-${id}`, RW: true }] }
    },
    remove: async (id) => {
      await note('containers.remove', id)
      containers.delete(id)
    },
    wait: async (id) => {
      await note('containers.wait', id)
      return 0
    },
    inspect: async (id): Promise<ContainerInspectInfo> => {
      await note('containers.inspect', id)
      const { isRunning, networks } = get(containers, id)
      const State = { Running: isRunning }
      const Networks = Object.fromEntries(
        [...networks.keys()].map((network) => [network, { NetworkID: network, IPAddress: '' }]),
      )
      const Ports = { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }] }
      return { Id: id, Image: '', State, NetworkSettings: { Networks, Ports } }
    },
    list: async ({ labels = [] } = {}) =>
      [...containers.values()]
        .filter(({ spec }) => carries(spec.Labels ?? {}, labels))
        .map(({ id, spec, isRunning, isPaused }): ContainerInfo => {
          const State = isPaused ? 'paused' : isRunning ? 'running' : 'exited'
          return { Id: id, Labels: spec.Labels ?? {}, State, Image: spec.Image ?? '' }
        }),
    stats: (id) => Promise.reject(missing(id)),
    changes: async () => [],
    copyIn: async (id, path) => await note('containers.copyIn', id, path),
    log: async (id) => {
      await note('containers.log', id)
      return engine.log
    },
  }
}

export function execsOf(engine: Memory, note: Note): DockerClient['execs'] {
  const inner = createServer((request, response) => engine.inner(request, response))
  return {
    run: async (id, cmd, options = {}) => {
      await note('execs.run', id, cmd.join(' '))
      get(engine.containers, id)
      return await engine.exec(id, cmd, options)
    },
    openTty: (id) => Promise.reject(missing(id)),
    openPipe: async (id) => {
      await note('execs.openPipe', id)
      get(engine.containers, id)
      const [ours, theirs] = connection()
      inner.emit('connection', theirs)
      return ours
    },
  }
}

export function imagesOf({ images }: Memory, note: Note): DockerClient['images'] {
  const add = (ref: string) => void images.set(ref, `sha256:${ref}`)
  return {
    list: async () => [],
    inspect: async (ref) => {
      await note('images.inspect', ref)
      return { Id: get(images, ref) }
    },
    exists: async (ref) => images.has(ref),
    tag: async (ref, repo, tag) => {
      await note('images.tag', ref, `${repo}:${tag}`)
      images.set(`${repo}:${tag}`, get(images, ref))
    },
    remove: async (ref) => {
      await note('images.remove', ref)
      images.delete(ref)
    },
    import: async (_tar, { repo, tag }) => {
      await note('images.import', `${repo}:${tag}`)
      add(`${repo}:${tag}`)
    },
    build: async (_context, { tag }) => {
      await note('images.build', tag)
      add(tag)
    },
    pull: async (ref) => {
      await note('images.pull', ref)
      add(ref)
    },
    push: async (repo, tag) => await note('images.push', `${repo}:${tag}`),
  }
}

export function networksOf({ networks, containers }: Memory, note: Note): DockerClient['networks'] {
  const guests = (id: string) => [...containers.values()].filter((container) => container.networks.has(id))
  const infoOf = ({ id, name, labels, subnet, internal }: MemoryNetwork): NetworkInspectInfo => {
    const IPAM = { Config: subnet ? [{ Subnet: subnet }] : [] }
    const Containers = Object.fromEntries(guests(id).map((guest) => [guest.id, {}]))
    return { Id: id, Name: name, Labels: labels, Internal: internal, IPAM, Containers }
  }
  return {
    create: async (name, labels, { subnet, internal = false } = {}) => {
      await note('networks.create', name)
      if (subnet && [...networks.values()].some((other) => other.subnet === subnet)) {
        throw new CapstanError('engine-refused', 'Pool overlaps with other one on this address space')
      }
      const id = `n-${name}`
      networks.set(id, { id, name, labels, subnet, internal })
      return id
    },
    remove: async (id) => {
      await note('networks.remove', id)
      if (guests(id).length > 0) throw new CapstanError('engine-refused', `${id} has active endpoints`)
      networks.delete(id)
    },
    list: async ({ labels = [] } = {}) =>
      [...networks.values()].filter((network) => carries(network.labels, labels)).map(infoOf),
    inspect: async (id) => infoOf(get(networks, id)),
    exists: async (id) => networks.has(id),
    connect: async (network, container, { aliases = [], address } = {}) => {
      await note('networks.connect', network, container)
      get(containers, container).networks.set(network, { aliases, address })
    },
    disconnect: async (network, container) => {
      await note('networks.disconnect', network, container)
      get(containers, container).networks.delete(network)
    },
  }
}

export function volumesOf({ volumes, containers, sizes }: Memory, note: Note): DockerClient['volumes'] {
  const uses = (name: string) => (container: MemoryContainer) =>
    container.spec.HostConfig?.Mounts?.some(({ Source }) => Source === name) ?? false
  return {
    sizes: async () => {
      await note('volumes.sizes')
      return sizes
    },
    create: async (name, labels, Options) => {
      await note('volumes.create', name)
      // An engine leaves a volume of this name as it is.
      if (!volumes.has(name)) volumes.set(name, { Labels: labels, ...(Options && { Options }) })
    },
    remove: async (name) => {
      await note('volumes.remove', name)
      if ([...containers.values()].some(uses(name)))
        throw new CapstanError('engine-refused', `${name} is in use`)
      volumes.delete(name)
    },
    list: async ({ labels = [] } = {}) =>
      [...volumes]
        .filter(([, own]) => carries(own.Labels, labels))
        .map(([Name, own]) => ({ Name, Mountpoint: `/volumes/${Name}`, ...own })),
  }
}

/** @param wanted each as `key` or `key=value` */
function carries(labels: Labels, wanted: readonly string[]): boolean {
  return wanted.every((label) => {
    const [key = '', value] = label.split('=')
    return key in labels && (value === undefined || labels[key] === label.slice(key.length + 1))
  })
}

function get<T>(entries: ReadonlyMap<string, T>, id: string): T {
  const entry = entries.get(id)
  if (entry === undefined) throw missing(id)
  return entry
}

export function missing(what: string): CapstanError {
  return new CapstanError('not-found', `The engine in memory has no ${what}.`, { status: 404 })
}
