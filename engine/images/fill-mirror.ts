/** Fills the volume of the registry mirror: pushes each image under each of its names. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import type { DockerClient } from '../docker'
import { KIND, MIRROR_PORT } from '../node'
import type { ReportDetail } from '../outer'
import { type Architecture, architectureOf, foreignTo } from './architecture'
import { REGISTRY_FOLDER } from './certificate'
import { together } from './together'

export interface MirrorImage {
  /** Reference on the outer engine. */
  readonly ref: string
  /** Names in a node, such as nginx:alpine. */
  readonly tags: readonly string[]
  /** The same image for the other architecture, by its reference on the outer engine. */
  readonly foreign: string | null
}

export interface FillOptions {
  readonly docker: DockerClient
  readonly nodeImage: string
  readonly registryImage: string
  readonly content: readonly MirrorImage[]
  /** Folder with the script that publishes manifest lists. */
  readonly recipes: string
  readonly report: ReportDetail
  readonly signal: AbortSignal
}

/** The mirror's name on the nodes' networks. */
export const MIRROR_ALIAS = 'mirror'
/** A push packs on one processor, and the registry that receives it needs little. */
const AT_A_TIME = 2
const PUBLISH_LIMIT_MS = 60_000
const ANSWER_LIMIT_MS = 20_000
const LOOK_AGAIN_MS = 50

/**
 * Pushes all images into a volume, through a registry that can be written to. The first one goes alone: most others are
 * built on it, and the engine packs a layer once only when it has it already.
 */
export async function fillMirror(options: FillOptions, volume: string): Promise<void> {
  const { docker, content, report, signal } = options
  const native = await architectureOf(docker)
  await using registry = await openRegistry(options, volume)
  const place = { registry, native, foreign: foreignTo(native) }
  let done = 0
  const works = content.map((image) => async (either: AbortSignal) => {
    either.throwIfAborted()
    await publish({ ...options, signal: either }, image, place)
    done++
    report(image.tags[0] ?? image.ref, done / content.length)
  })
  await together(works.slice(0, 1), { signal })
  await together(works.slice(1), { signal, limit: AT_A_TIME })
}

interface Place {
  readonly registry: OpenRegistry
  readonly native: Architecture
  readonly foreign: Architecture
}

/** Pushes an image under each of its names. */
async function publish(
  options: FillOptions,
  image: MirrorImage,
  { registry, native, foreign }: Place,
): Promise<void> {
  const { docker, signal } = options
  for (const tag of image.tags) await push(docker, { ref: image.ref, host: registry.host, name: tag, signal })
  if (!image.foreign) return
  for (const tag of image.tags) {
    await push(docker, { ref: image.foreign, host: registry.host, name: `${tag}-${foreign}`, signal })
    await publishList(options, { network: registry.network, name: tag, native, foreign })
  }
}

interface OpenRegistry extends AsyncDisposable {
  /** The address at which the outer engine reaches it. */
  readonly host: string
  readonly network: string
}

/** Opens a registry that can be written to. The engine reaches it on its own loopback, and containers by its name. */
async function openRegistry(options: FillOptions, volume: string): Promise<OpenRegistry> {
  const { docker, signal } = options
  const network = await docker.networks.create(`capstan-fill-${process.pid}`, { [KIND]: 'builder' })
  const containers: string[] = []
  const close = async () => {
    for (const id of containers) await docker.containers.remove(id)
    await docker.networks.remove(network)
  }
  try {
    const id = await docker.containers.create(registrySpec(options, volume, network))
    containers.push(id)
    await docker.containers.start(id)
    const { NetworkSettings } = await docker.containers.inspect(id)
    const port = NetworkSettings.Ports[`${MIRROR_PORT}/tcp`]?.[0]?.HostPort ?? ''
    await untilAnswers(docker, id, signal)
    return { host: `127.0.0.1:${port}`, network, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

function registrySpec({ registryImage }: FillOptions, volume: string, network: string) {
  return {
    Image: registryImage,
    Labels: { [KIND]: 'builder' },
    ExposedPorts: { [`${MIRROR_PORT}/tcp`]: {} },
    Env: ['REGISTRY_LOG_LEVEL=error'],
    HostConfig: {
      NetworkMode: network,
      PortBindings: { [`${MIRROR_PORT}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '' }] },
      Mounts: [{ Type: 'volume' as const, Source: volume, Target: REGISTRY_FOLDER }],
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [MIRROR_ALIAS] } } },
  }
}

async function untilAnswers(docker: DockerClient, id: string, signal: AbortSignal): Promise<void> {
  const ask = ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${MIRROR_PORT}/v2/`]
  const answers = async () => (await docker.execs.run(id, ask, { signal })).exitCode === 0
  if (await until(answers, { limitMs: ANSWER_LIMIT_MS, everyMs: LOOK_AGAIN_MS, signal })) return
  const log = await docker.containers.log(id, 5)
  throw new CapstanError(
    'image-failed',
    `The registry of the course images did not start. ${log.trim()}`.trim(),
    { help: 'Try again; `capstan clean` removes everything that is half made.' },
  )
}

interface Push {
  readonly ref: string
  readonly host: string
  readonly name: string
  readonly signal: AbortSignal
}

async function push(docker: DockerClient, { ref, host, name, signal }: Push): Promise<void> {
  const { repository, tag } = placeOf(name)
  const repo = `${host}/${repository}`
  await docker.images.tag(ref, repo, tag)
  try {
    await docker.images.push(repo, tag, { signal })
  } finally {
    await docker.images.remove(`${repo}:${tag}`)
  }
}

/** The place of a name in a registry. Docker Hub keeps names without a slash under library/. */
export function placeOf(name: string): { repository: string; tag: string } {
  const [repository = '', tag = 'latest'] = name.split(':')
  return { repository: repository.includes('/') ? repository : `library/${repository}`, tag }
}

interface PublishList {
  readonly network: string
  readonly name: string
  readonly native: Architecture
  readonly foreign: Architecture
}

/** Joins the images of a name for both architectures under that name. */
async function publishList(
  options: FillOptions,
  { network, name, native, foreign }: PublishList,
): Promise<void> {
  const { docker, nodeImage, recipes } = options
  const script = await readFile(join(recipes, 'mirror/publish-manifest-list'), 'utf8')
  const { repository, tag } = placeOf(name)
  const args = [`http://${MIRROR_ALIAS}:${MIRROR_PORT}`, repository, tag, native, foreign]
  const id = await docker.containers.create({
    Image: nodeImage,
    Entrypoint: ['bash', '-c', script, 'publish', ...args],
    Cmd: [],
    Labels: { [KIND]: 'builder' },
    HostConfig: { NetworkMode: network },
  })
  try {
    await docker.containers.start(id)
    if ((await docker.containers.wait(id, PUBLISH_LIMIT_MS)) === 0) return
    const log = await docker.containers.log(id, 5)
    throw new CapstanError('image-failed', `The manifest list of ${name} could not be made: ${log.trim()}`)
  } finally {
    await docker.containers.remove(id)
  }
}
