/** The template: an inner data root with all course images, filled once, linked into every node. */
import type { DockerClient } from '../docker'
import { EngineError } from '../errors'
import { containerSpec, KIND, LabNode } from '../node'

/** Course image on the outer engine → its names inside a node. */
export type TemplateContent = readonly { readonly ref: string; readonly tags: readonly string[] }[]

export interface TemplateOptions {
  readonly docker: DockerClient
  readonly nodeImage: string
  readonly content: TemplateContent
  readonly hash: string
  readonly tell: (detail: string, fraction?: number) => void
}

const STOP_LIMIT_SECONDS = 30

/**
 * Makes the volume, unless it is there and whole. That it is whole is marked by a tag on the node image, set
 * last: a killed preparation leaves a volume without its mark, which is removed and made anew.
 * @returns the volume's name
 */
export async function prepareTemplate(options: TemplateOptions): Promise<string> {
  const { docker, hash, nodeImage } = options
  const volume = `capstan-template-${hash}`
  const mark = { repo: 'capstan/template', tag: hash }
  const volumes = await docker.listVolumes({ labels: [`${KIND}=template`] })
  const whole = await docker.imageExists(`${mark.repo}:${mark.tag}`)
  if (whole && volumes.some(({ Name }) => Name === volume)) return volume
  await docker.removeVolume(volume)
  await docker.createVolume(volume, { [KIND]: 'template' })
  await fill(options, volume)
  await docker.tagImage(nodeImage, mark.repo, mark.tag)
  // A template that a node still uses cannot be removed; it goes the next time.
  const old = volumes.filter(({ Name }) => Name !== volume)
  await Promise.allSettled(old.map(({ Name }) => docker.removeVolume(Name)))
  return volume
}

async function fill(options: TemplateOptions, volume: string): Promise<void> {
  const { docker, tell } = options
  const belonging = { topologyId: 'builder', owner: 'builder' }
  const images = { node: options.nodeImage, template: null }
  const spec = containerSpec({ engine: { docker }, images, networks: [{ network: 'bridge' }], name: 'builder', ...belonging })
  const containerId = await docker.createContainer({
    ...spec,
    Labels: { [KIND]: 'builder' },
    Volumes: {},
    NetworkingConfig: {},
    HostConfig: {
      ...spec.HostConfig,
      Mounts: [{ Type: 'volume', Source: volume, Target: '/var/lib/docker' }],
    },
  })
  const builder = new LabNode({ outer: docker, containerId, name: 'builder', topologyId: 'builder' })
  try {
    tell('Starting an engine to hold the images', 0.1)
    await builder.start()
    tell('Loading the images', 0.3)
    await load(options, builder)
    // A clean stop writes the databases out.
    await docker.stopContainer(containerId, { seconds: STOP_LIMIT_SECONDS })
  } finally {
    await builder.remove()
  }
}

async function load({ docker, content }: TemplateOptions, builder: LabNode): Promise<void> {
  const refs = content.map(({ ref }) => ref)
  await builder.docker.loadImages(await docker.saveImages(refs))
  for (const { ref, tags } of content) {
    for (const tag of tags) {
      const [repo = '', version = ''] = tag.split(':')
      await builder.docker.tagImage(ref, repo, version)
    }
  }
  for (const ref of refs) await builder.exec(['docker', 'rmi', '--no-prune', ref])
  const { stdout } = await builder.exec(['docker', 'images', '--format', '{{.Repository}}:{{.Tag}}'])
  const there = new Set(stdout.split('\n'))
  const missing = content.flatMap(({ tags }) => tags).filter((tag) => !there.has(tag))
  if (missing.length > 0)
    throw new EngineError('image-failed', `These images did not reach the template: ${missing.join(', ')}`)
}
