/**
 * The registry mirror: a registry with the course images that the nodes' engines ask before Docker Hub, so that
 * `docker pull` really pulls, without a network. Filled once per set of images, served read-only.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'
import { KIND, MIRROR_PORT } from '../node'

export interface MirrorImage {
  /** Reference on the outer engine. */
  readonly ref: string
  /** Names in a node, such as nginx:alpine. */
  readonly tags: readonly string[]
  /** The same image for 64-bit ARM, by its reference on the outer engine. */
  readonly arm64: string | null
}

export interface MirrorOptions {
  readonly docker: DockerClient
  readonly nodeImage: string
  readonly registryImage: string
  readonly content: readonly MirrorImage[]
  readonly hash: string
  /** Folder with the script that publishes manifest lists. */
  readonly recipes: string
  readonly tell: (detail: string, fraction?: number) => void
  readonly signal: AbortSignal
}

/** A registry that nodes ask before Docker Hub. */
export interface Mirror {
  /** Its name on the nodes' networks. */
  readonly alias: string
  readonly container: string
}

const ALIAS = 'mirror'
const PUBLISH_LIMIT_MS = 60_000
const ANSWER_LIMIT_MS = 20_000
const LOOK_AGAIN_MS = 50

/**
 * Fills the registry's volume, unless it is there and whole, and sees that it is served. As with the template, a
 * tag that is set last says that it is whole.
 */
export async function prepareMirror(options: MirrorOptions): Promise<Mirror> {
  const { docker, hash, registryImage } = options
  const volume = `capstan-mirror-${hash}`
  const mark = { repo: 'capstan/mirror', tag: hash }
  const volumes = await docker.volumes.list({ labels: [`${KIND}=mirror`] })
  const isWhole = await docker.images.exists(`${mark.repo}:${mark.tag}`)
  if (!isWhole || !volumes.some(({ Name }) => Name === volume)) {
    await removeMirrors(docker)
    await Promise.allSettled(volumes.map(({ Name }) => docker.volumes.remove(Name)))
    await docker.volumes.create(volume, { [KIND]: 'mirror' })
    await fill(options, volume)
    await docker.images.tag(registryImage, mark.repo, mark.tag)
  }
  return { alias: ALIAS, container: await serve(docker, registryImage, volume) }
}

/**
 * A pull-through cache of another registry, for machines with a network: what it has, nodes get from it once.
 * @param upstream URL of the registry it stands before
 */
export async function serveCache(
  docker: DockerClient,
  { registryImage, upstream }: { registryImage: string; upstream: string },
): Promise<Mirror> {
  const volume = 'capstan-pull-through'
  await docker.volumes.create(volume, { [KIND]: 'mirror' })
  const env = [`REGISTRY_PROXY_REMOTEURL=${upstream}`]
  return { alias: 'cache', container: await serve(docker, registryImage, volume, env) }
}

/** The container that serves a volume: the one that is there, started, or a new one. @returns its id */
async function serve(
  docker: DockerClient,
  image: string,
  volume: string,
  env: readonly string[] = [],
): Promise<string> {
  const serves = JSON.stringify([image, volume, ...env])
  const [known] = await docker.containers.list({ labels: [`${KIND}=mirror`, `${SERVES}=${serves}`] })
  if (known) {
    if (known.State !== 'running') await docker.containers.start(known.Id)
    return known.Id
  }
  const isReadOnly = env.length === 0
  const id = await docker.containers.create({
    Image: image,
    Env: ['REGISTRY_LOG_LEVEL=error', ...env],
    Labels: { [KIND]: 'mirror', [SERVES]: serves },
    HostConfig: {
      RestartPolicy: { Name: 'on-failure' },
      // One lab must not spoil the images of another.
      Mounts: [{ Type: 'volume', Source: volume, Target: '/var/lib/registry', ReadOnly: isReadOnly }],
    },
  })
  await docker.containers.start(id)
  return id
}

const SERVES = 'capstan.serves'

/** A volume that a mirror serves cannot be removed. */
async function removeMirrors(docker: DockerClient): Promise<void> {
  const old = await docker.containers.list({ labels: [`${KIND}=mirror`] })
  await Promise.allSettled(old.map(({ Id }) => docker.containers.remove(Id)))
}

async function fill(options: MirrorOptions, volume: string): Promise<void> {
  const { docker, content, tell, signal } = options
  await using registry = await openRegistry(options, volume)
  for (const [index, image] of content.entries()) {
    signal.throwIfAborted()
    tell(image.tags[0] ?? image.ref, index / content.length)
    for (const tag of image.tags)
      await push(docker, { ref: image.ref, host: registry.host, name: tag, signal })
    if (!image.arm64) continue
    for (const tag of image.tags) {
      await push(docker, { ref: image.arm64, host: registry.host, name: `${tag}-arm64`, signal })
      await publishList(options, registry.network, tag)
    }
  }
}

interface OpenRegistry extends AsyncDisposable {
  /** As the outer engine reaches it. */
  readonly host: string
  readonly network: string
}

/** A registry that can be written to, reached by the engine on its own loopback and by containers by name. */
async function openRegistry({ docker, registryImage }: MirrorOptions, volume: string): Promise<OpenRegistry> {
  const labels = { [KIND]: 'builder' }
  const network = await docker.networks.create(`capstan-fill-${process.pid}`, labels)
  const id = await docker.containers.create({
    Image: registryImage,
    Labels: labels,
    ExposedPorts: { [`${MIRROR_PORT}/tcp`]: {} },
    Env: ['REGISTRY_LOG_LEVEL=error'],
    HostConfig: {
      NetworkMode: network,
      PortBindings: { [`${MIRROR_PORT}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '' }] },
      Mounts: [{ Type: 'volume', Source: volume, Target: '/var/lib/registry' }],
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [ALIAS] } } },
  })
  await docker.containers.start(id)
  const { NetworkSettings } = await docker.containers.inspect(id)
  const port = NetworkSettings.Ports[`${MIRROR_PORT}/tcp`]?.[0]?.HostPort ?? ''
  await untilAnswers(docker, id)
  return {
    host: `127.0.0.1:${port}`,
    network,
    [Symbol.asyncDispose]: async () => {
      await docker.containers.remove(id)
      await docker.networks.remove(network)
    },
  }
}

async function untilAnswers(docker: DockerClient, id: string): Promise<void> {
  const end = performance.now() + ANSWER_LIMIT_MS
  const ask = ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${MIRROR_PORT}/v2/`]
  while ((await docker.execs.run(id, ask)).exitCode !== 0) {
    if (performance.now() > end) {
      const log = await docker.containers.log(id, 5)
      throw new CapstanError(
        'image-failed',
        `The registry of the course images did not start. ${log.trim()}`,
        {
          help: 'Try again; `capstan clean` removes what is half made.',
        },
      )
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

interface Push {
  readonly ref: string
  readonly host: string
  readonly name: string
  readonly signal: AbortSignal
}

async function push(docker: DockerClient, { ref, host, name, signal }: Push): Promise<void> {
  const [repository = '', tag = 'latest'] = inLibrary(name).split(':')
  const repo = `${host}/${repository}`
  await docker.images.tag(ref, repo, tag)
  try {
    await docker.images.push(repo, tag, { signal })
  } finally {
    await docker.images.remove(`${repo}:${tag}`)
  }
}

/** Docker Hub keeps names without a slash under library/. */
function inLibrary(name: string): string {
  return name.includes('/') ? name : `library/${name}`
}

async function publishList(options: MirrorOptions, network: string, name: string): Promise<void> {
  const { docker, nodeImage, recipes } = options
  const script = await readFile(join(recipes, 'mirror/publish-manifest-list'), 'utf8')
  const [repository = '', tag = 'latest'] = inLibrary(name).split(':')
  const id = await docker.containers.create({
    Image: nodeImage,
    Entrypoint: ['bash', '-c', script, 'publish', `http://${ALIAS}:${MIRROR_PORT}`, repository, tag],
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
