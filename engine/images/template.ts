/** The template: an inner data root with the images that every node has. It is filled once and linked into every node. */
import type { DockerClient } from '../docker'
import { containerSpec, KIND, LabNode, type NodeEngine } from '../node'
import type { ReportDetail } from '../outer'
import type { Mirror } from './mirror'

export interface TemplateOptions {
  readonly docker: DockerClient
  /** The template belongs to the users that nodes have on this engine. */
  readonly capabilities: NodeEngine['capabilities']
  /** The version of the nodes' engine. Templates of other versions are left alone. */
  readonly version: string
  readonly nodeImage: string
  /** Names of the images. */
  readonly tags: readonly string[]
  /** A registry with all of them. They are pulled from it, so that each layer is known by its digest in a registry. */
  readonly mirror: Mirror
  readonly hash: string
  readonly report: ReportDetail
  readonly signal: AbortSignal
}

/** What the name of a template's view ends with. */
const VIEW = '-view'
/** The label of a template names the version of the engine that wrote it. */
const ENGINE = 'capstan.engine'
const STOP_LIMIT_SECONDS = 30
const PULL_LIMIT_MS = 120_000

/**
 * Makes the volume, unless it is there and whole. A tag on the node image marks a whole volume. The tag is set last,
 * so a preparation that was killed leaves a volume without its mark, which is removed and made again.
 * @returns the name of the volume that nodes mount
 */
export async function prepareTemplate(options: TemplateOptions): Promise<string> {
  const { docker, capabilities, hash, nodeImage, version } = options
  const volume = `capstan-template-${hash}`
  const mark = { repo: 'capstan/template', tag: hash }
  const volumes = await templatesOn(docker, version)
  const whole = await docker.images.exists(`${mark.repo}:${mark.tag}`)
  if (!whole || !volumes.some(({ Name }) => Name === volume)) {
    await removeTemplate(docker, volume)
    await docker.volumes.create(volume, labels(version))
    await fill(options, volume)
    await docker.images.tag(nodeImage, mark.repo, mark.tag)
    // A template that a node still uses cannot be removed now. The next preparation tries again.
    const old = new Set(volumes.map(({ Name }) => Name.replace(VIEW, '')).filter((name) => name !== volume))
    await Promise.allSettled([...old].map((name) => removeTemplate(docker, name)))
  }
  return capabilities.userns ? await viewOf(docker, volume, version) : volume
}

const labels = (version: string) => ({ [KIND]: 'template', [ENGINE]: version })

/** Those of this version, and those of an older Capstan, which name none. */
async function templatesOn(docker: DockerClient, version: string) {
  const all = await docker.volumes.list({ labels: [`${KIND}=template`] })
  return all.filter(({ Labels }) => [undefined, version].includes(Labels?.[ENGINE]))
}

/** The view goes first: where a node uses it, the volume must stay. */
async function removeTemplate(docker: DockerClient, volume: string): Promise<void> {
  await docker.volumes.remove(volume + VIEW)
  await docker.volumes.remove(volume)
}

/**
 * A second volume with the files of the first one, which the engine mounts read-only before a node has its user
 * namespace. The kernel does not let the root of that namespace take it back, as it would with a mount made inside.
 */
async function viewOf(docker: DockerClient, volume: string, version: string): Promise<string> {
  const view = volume + VIEW
  const volumes = await templatesOn(docker, version)
  const device = volumes.find(({ Name }) => Name === volume)?.Mountpoint ?? ''
  const known = volumes.find(({ Name }) => Name === view)
  if (known?.Options?.device === device) return view
  // The engine's folder was moved.
  if (known) await docker.volumes.remove(view)
  await docker.volumes.create(view, labels(version), { type: 'none', o: 'bind,ro,nosuid,nodev', device })
  return view
}

async function fill(options: TemplateOptions, volume: string): Promise<void> {
  const { docker, mirror, report } = options
  const network = await docker.networks.create(`capstan-template-${process.pid}`, { [KIND]: 'builder' })
  try {
    await docker.networks.connect(network, mirror.container, { aliases: [mirror.alias] })
    report('Starting an engine to hold the images', 0.1)
    const builder = await createBuilder(options, { volume, network })
    try {
      await builder.start()
      await pull(options, builder)
      // A clean stop writes the databases out.
      await docker.containers.stop(builder.containerId, { seconds: STOP_LIMIT_SECONDS })
    } finally {
      await builder.remove()
    }
  } finally {
    await docker.networks.disconnect(network, mirror.container)
    await docker.networks.remove(network)
  }
}

async function createBuilder(
  { docker, capabilities, nodeImage, mirror }: TemplateOptions,
  { volume, network }: { volume: string; network: string },
): Promise<LabNode> {
  const belonging = { topologyId: 'builder', owner: 'builder' }
  const images = { node: nodeImage, template: null, mirrors: [mirror] }
  const spec = containerSpec({
    engine: { docker, capabilities },
    images,
    networks: [{ network }],
    name: 'builder',
    ...belonging,
  })
  const containerId = await docker.containers.create({
    ...spec,
    Labels: { [KIND]: 'builder' },
    Volumes: {},
    HostConfig: {
      ...spec.HostConfig,
      Mounts: [{ Type: 'volume', Source: volume, Target: '/var/lib/docker' }],
    },
  })
  return new LabNode({ outer: docker, containerId, name: 'builder', topologyId: 'builder' })
}

async function pull({ tags, report, signal }: TemplateOptions, builder: LabNode): Promise<void> {
  for (const [index, tag] of tags.entries()) {
    report(tag, 0.2 + (0.7 * index) / tags.length)
    await builder.docker.images.pull(tag, { limitMs: PULL_LIMIT_MS, signal })
  }
}
