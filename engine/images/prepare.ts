/** Prepares everything that nodes are made of, once for each recipe and engine. */
import { join } from 'node:path'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { archiveOfFolder, type DockerClient } from '../docker'
import {
  asSetupLine,
  type OuterEngine,
  type ProgressListener,
  probeCapabilities,
  type ReportDetail,
  withSetupLock,
} from '../outer'
import { prepareBase } from './base'
import { BASE_TAGS, COURSE_IMAGES } from './course'
import type { MirrorImage } from './fill-mirror'
import { type Mirror, prepareMirror, serveCache } from './mirror'
import { jointHash, recipeHash } from './recipe'
import { prepareTemplate } from './template'

export interface PreparedImages {
  /** Reference of the node image. */
  readonly node: string
  /** Volume with the images that every node has. */
  readonly template: string
  /** Registries that nodes ask before Docker Hub, in this order. */
  readonly mirrors: readonly Mirror[]
}

type PreparedEngine = Pick<OuterEngine, 'docker' | 'capabilities'>

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
    { id: 'base', label: 'Preparing the Debian base', estimateSeconds: 25 },
    (report) => prepareBase({ docker, home, onProgress, report, signal }),
  )
  const node = await asSetupLine(
    onProgress,
    { id: 'node-image', label: 'Building the lab node', estimateSeconds: 25 },
    (report) => build({ docker, folder: join(recipes, 'node'), name: 'node', base, signal, report }),
  )
  // How nodes are made depends on it, and the template is made by a node.
  const capabilities = await asSetupLine(
    onProgress,
    { id: 'capabilities', label: 'Trying what the kernel can do' },
    () => probeCapabilities({ docker, image: node, home, signal }),
  )
  engine.capabilities = capabilities
  const course = await asSetupLine(
    onProgress,
    { id: 'course-images', label: 'Building the course images', estimateSeconds: 60 },
    (report) => buildCourse({ docker, recipes, base, signal, report }),
  )
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
        ...everywhere.flatMap(({ ref, arm64, tags }) => [ref, arm64 ?? '', ...tags]),
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
    ...course.flatMap(({ ref, tags, arm64 }) => [ref, arm64 ?? '', ...tags]),
  ])
  const own = await prepareMirror({ docker, nodeImage: node, registryImage, content: course, hash, ...rest })
  const all = upstream ? [await serveCache(docker, { registryImage, upstream }), own] : [own]
  return { own, all }
}

interface BuiltImage extends MirrorImage {
  readonly name: string
  readonly everywhere: boolean
}

interface BuildCourse {
  readonly docker: DockerClient
  readonly recipes: string
  readonly base: string
  readonly signal: AbortSignal
  readonly report: ReportDetail
}

async function buildCourse({ recipes, report, ...rest }: BuildCourse): Promise<BuiltImage[]> {
  const built: BuiltImage[] = [
    { name: 'debian', ref: rest.base, tags: BASE_TAGS, everywhere: true, arm64: null },
  ]
  const make = async (name: string, recipe: string, args: Readonly<Record<string, string>> = {}) =>
    await build({
      ...rest,
      folder: join(recipes, 'course', recipe),
      name: `course-${name}`,
      args,
      report: () => undefined,
    })
  for (const [index, { name, recipe, args, tags, everywhere, arm64 }] of COURSE_IMAGES.entries()) {
    report(name, index / COURSE_IMAGES.length)
    built.push({
      name,
      tags,
      everywhere: everywhere ?? false,
      ref: await make(name, recipe ?? name, args),
      arm64: arm64 ? await make(arm64, arm64) : null,
    })
  }
  return built
}

interface BuildOne {
  readonly docker: DockerClient
  readonly folder: string
  readonly name: string
  readonly base: string
  readonly args?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly report: ReportDetail
}

/** Builds an image, unless it is there. @returns its reference, which carries the recipe's hash */
async function build({ docker, folder, name, base, args = {}, signal, report }: BuildOne): Promise<string> {
  const { Id } = await docker.images.inspect(base)
  const ref = `capstan/${name}:${await recipeHash(folder, [Id, ...Object.values(args)].join())}`
  if (await docker.images.exists(ref)) return ref
  const last: string[] = []
  try {
    await docker.images.build(await archiveOfFolder(folder), {
      tag: ref,
      buildargs: { BASE: base, ...args },
      signal,
      onLine: (line) => {
        last.push(line)
        if (line.startsWith('Step ')) report(line)
      },
    })
  } catch (error) {
    if (!isCapstanError(error, 'image-failed')) throw error
    throw new CapstanError(
      'image-failed',
      `The image ${name} could not be built: ${error.message}. ${last.slice(-3).join(' ')}`,
      {
        help: 'Make sure that the engine reaches its package mirror, then try again.',
        cause: error,
      },
    )
  }
  return ref
}
