/**
 * The registry mirror: a registry with the course images. The nodes' engines ask it before Docker Hub, so that
 * `docker pull` really pulls, also without a network. It is filled once for each set of images and served read-only.
 */
import { isCapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'
import { KIND } from '../node'
import { certificateOf, makeCertificate, REGISTRY_FOLDER, TLS_SETTINGS } from './certificate'
import { type FillOptions, fillMirror, MIRROR_ALIAS } from './fill-mirror'

export interface MirrorOptions extends FillOptions {
  /** Changes with the images. */
  readonly hash: string
}

/** A registry that nodes ask before Docker Hub. */
export interface Mirror {
  /** The registry's name on the nodes' networks. */
  readonly alias: string
  readonly container: string
  /** Its certificate, which nodes trust. */
  readonly certificate: string
}

export interface CacheOptions {
  /** An image with openssl. */
  readonly nodeImage: string
  readonly registryImage: string
  /** URL of the other registry. */
  readonly upstream: string
}

const CACHE_ALIAS = 'cache'
/** The label of a mirror's container says what it serves. */
const SERVES = 'capstan.serves'

/**
 * Fills the registry's volume, unless it is there and whole, and serves it. A tag that is set last marks a whole
 * volume, as with the template.
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
    await fillMirror(options, volume)
    await makeCertificate(docker, { image: options.nodeImage, volume, host: MIRROR_ALIAS })
    await docker.images.tag(registryImage, mark.repo, mark.tag)
  }
  return await served(docker, MIRROR_ALIAS, await serve(docker, { image: registryImage, volume }))
}

/**
 * Serves a pull-through cache of another registry, for machines with a network: an image crosses the network once.
 */
export async function serveCache(
  docker: DockerClient,
  { nodeImage, registryImage, upstream }: CacheOptions,
): Promise<Mirror> {
  const volume = 'capstan-pull-through'
  await docker.volumes.create(volume, { [KIND]: 'mirror' })
  const service = {
    image: registryImage,
    volume,
    env: [`REGISTRY_PROXY_REMOTEURL=${upstream}`],
    prepare: () => makeCertificate(docker, { image: nodeImage, volume, host: CACHE_ALIAS }),
  }
  return await served(docker, CACHE_ALIAS, await serve(docker, service))
}

async function served(docker: DockerClient, alias: string, container: string): Promise<Mirror> {
  return { alias, container, certificate: await certificateOf(docker, container) }
}

interface Service {
  readonly image: string
  readonly volume: string
  readonly env?: readonly string[]
  /** Makes the volume ready. It is called only before a container is created. */
  readonly prepare?: () => Promise<void>
}

/** Starts the container that serves a volume, and creates it when there is none. @returns its id */
async function serve(docker: DockerClient, { image, volume, env = [], prepare }: Service): Promise<string> {
  const settings = [...TLS_SETTINGS, ...env]
  const serves = JSON.stringify([image, volume, ...settings])
  const [known] = await docker.containers.list({ labels: [`${KIND}=mirror`, `${SERVES}=${serves}`] })
  if (known && (known.State === 'running' || (await canStart(docker, known.Id)))) return known.Id
  await prepare?.()
  const isReadOnly = env.length === 0
  const id = await docker.containers.create({
    Image: image,
    Env: ['REGISTRY_LOG_LEVEL=error', ...settings],
    Labels: { [KIND]: 'mirror', [SERVES]: serves },
    HostConfig: {
      RestartPolicy: { Name: 'on-failure' },
      // Read-only, so that one lab cannot spoil the images of another.
      Mounts: [{ Type: 'volume', Source: volume, Target: REGISTRY_FOLDER, ReadOnly: isReadOnly }],
    },
  })
  await docker.containers.start(id)
  return id
}

/**
 * Starts a container that was stopped. One that still belongs to a network which is gone, as after an engine that was
 * killed, can never start again and is removed: what it serves is in its volume.
 */
async function canStart({ containers }: DockerClient, id: string): Promise<boolean> {
  try {
    await containers.start(id)
    return true
  } catch (error) {
    if (!isCapstanError(error, 'not-found')) throw error
    await containers.remove(id)
    return false
  }
}

/** A volume that a mirror serves cannot be removed. */
async function removeMirrors(docker: DockerClient): Promise<void> {
  const old = await docker.containers.list({ labels: [`${KIND}=mirror`] })
  await Promise.allSettled(old.map(({ Id }) => docker.containers.remove(Id)))
}
