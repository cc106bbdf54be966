/** Prepares everything that nodes are made of, once for each recipe and engine. */
import { join } from 'node:path'
import type { DockerClient } from '../docker'
import {
  asSetupLine,
  measurePace,
  type OuterEngine,
  type ProgressListener,
  probeCapabilities,
  type ReportDetail,
  withSetupLock,
} from '../outer'
import { prepareBase } from './base'
import { build } from './build'
import { type BuiltImage, buildCourse } from './build-course'
import { type Mirror, prepareMirror, serveCache } from './mirror'
import { jointHash } from './recipe'
import { prepareTemplate } from './template'
import { together } from './together'

export interface PreparedImages {
  /** Reference of the node image. */
  readonly node: string
  /** Volume with the images that every node has. */
  readonly template: string
  /** Registries that nodes ask before Docker Hub, in this order. */
  readonly mirrors: readonly Mirror[]
}

type PreparedEngine = Pick<OuterEngine, 'docker' | 'endpoint' | 'capabilities'>

export interface PrepareImagesOptions {
  readonly home: string
  /** Folder that holds `engine/images` with the recipes. */
  readonly resources: string
  readonly onProgress: ProgressListener
  readonly signal: AbortSignal
  /** URL of a registry. Nodes ask a pull-through cache of it before our own. By default that in `CAPSTAN_UPSTREAM`. */
  readonly upstream?: string
}

/**
 * Builds the parts that are missing: the base, the node image, the course images, the mirror, the template. Then it
 * tries what the engine's kernel can do. Two processes wait for each other, and one that is killed leaves nothing half
 * made.
 * @throws CapstanError `image-failed`, `no-space`
 */
export async function prepareImages(
  engine: PreparedEngine,
  options: PrepareImagesOptions,
): Promise<PreparedImages> {
  return await withSetupLock(
    join(options.home, 'images.lock'),
    async () => await prepareAll(engine, options),
    options,
  )
}

async function prepareAll(engine: PreparedEngine, options: PrepareImagesOptions): Promise<PreparedImages> {
  const { docker } = engine
  const { home, resources, onProgress, signal, upstream = process.env.CAPSTAN_UPSTREAM } = options
  const recipes = join(resources, 'engine/images/recipes')
  const base = await asSetupLine(
    onProgress,
    { id: 'base', label: 'Preparing the Debian base', estimateSeconds: 45 },
    (report) => prepareBase({ docker, home, onProgress, report, signal }),
  )
  // Everything after this has the time that it needs on this machine.
  await asSetupLine(onProgress, { id: 'pace', label: 'Measuring how fast the engine is' }, () =>
    measurePace({ docker, endpoint: engine.endpoint, image: base, home, signal }),
  )
  const [node, course] = await buildImages({ docker, recipes, base, signal, onProgress })
  // How nodes are made depends on it, and the template is made by a node.
  const capabilities = await asSetupLine(
    onProgress,
    { id: 'capabilities', label: 'Trying what the kernel can do' },
    () => probeCapabilities({ docker, image: node, home, signal }),
  )
  engine.capabilities = capabilities
  const mirrors = await asSetupLine(
    onProgress,
    { id: 'mirror', label: 'Filling the registry that nodes pull from', estimateSeconds: 30 },
    (report) => prepareMirrors({ ...options, upstream, docker, node, course, recipes, report }),
  )
  const template = await asSetupLine(
    onProgress,
    { id: 'template', label: 'Pulling images once for all nodes', estimateSeconds: 15 },
    (report) => {
      const everywhere = course.filter((image) => image.everywhere)
      const hash = jointHash([
        node,
        // Its files belong to the users that nodes have.
        String(capabilities.userns),
        ...everywhere.flatMap(({ ref, foreign, tags }) => [ref, foreign ?? '', ...tags]),
      ])
      const tags = everywhere.flatMap((image) => image.tags)
      return prepareTemplate({
        docker,
        capabilities,
        nodeImage: node,
        tags,
        mirror: mirrors.own,
        hash,
        report,
        signal,
      })
    },
  )
  return { node, template, mirrors: mirrors.all }
}

interface BuildImages {
  readonly docker: DockerClient
  readonly recipes: string
  readonly base: string
  readonly signal: AbortSignal
  readonly onProgress: ProgressListener
}

/** Most of a build is one process that unpacks, so the node and the course images are built side by side. */
async function buildImages({ onProgress, signal, ...given }: BuildImages): Promise<[string, BuiltImage[]]> {
  const node = { folder: join(given.recipes, 'node'), name: 'node' }
  const works = [
    async (either: AbortSignal) =>
      await asSetupLine(
        onProgress,
        { id: 'node-image', label: 'Building the lab node', estimateSeconds: 60 },
        (report) => build({ ...given, ...node, signal: either, report }),
      ),
    async (either: AbortSignal) =>
      await asSetupLine(
        onProgress,
        { id: 'course-images', label: 'Building the course images', estimateSeconds: 140 },
        (report) => buildCourse({ ...given, signal: either, report }),
      ),
  ] as const
  return await together(works, { signal })
}

interface PrepareMirrors {
  readonly docker: DockerClient
  readonly node: string
  readonly course: readonly BuiltImage[]
  readonly recipes: string
  readonly upstream: string | undefined
  readonly signal: AbortSignal
  readonly report: ReportDetail
}

interface Mirrors {
  /** The registry with the course images. */
  readonly own: Mirror
  /** The registries that nodes ask, in this order. */
  readonly all: readonly Mirror[]
}

async function prepareMirrors({ docker, node, course, upstream, ...rest }: PrepareMirrors): Promise<Mirrors> {
  const registryImage = course.find(({ name }) => name === 'registry')?.ref ?? ''
  const hash = jointHash([
    registryImage,
    ...course.flatMap(({ ref, tags, foreign }) => [ref, foreign ?? '', ...tags]),
  ])
  const own = await prepareMirror({ docker, nodeImage: node, registryImage, content: course, hash, ...rest })
  const all = upstream ? [await serveCache(docker, { registryImage, upstream }), own] : [own]
  return { own, all }
}
