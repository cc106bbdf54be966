/** Prepares everything that nodes are made of, once per recipe and engine. */
import { join } from 'node:path'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { withLock } from '../../shared/system/lock'
import type { DockerClient } from '../docker'
import { asTask, type OuterEngine, type ProgressListener, probeCapabilities } from '../outer'
import { prepareBase } from './base'
import { BASE_TAGS, COURSE_IMAGES } from './course'
import { type Mirror, type MirrorImage, prepareMirror, serveCache } from './mirror'
import { jointHash, recipeContext, recipeHash } from './recipe'
import { prepareTemplate } from './template'

export interface PreparedImages {
  /** Reference of the node image. */
  readonly node: string
  /** Volume with the images that every node has. */
  readonly template: string
  /** Registries that nodes ask before Docker Hub, in this order. */
  readonly mirrors: readonly Mirror[]
}

export interface PrepareImagesOptions {
  readonly home: string
  /** Folder that holds `engine/images` with the recipes. */
  readonly resources: string
  readonly onProgress: ProgressListener
  readonly signal: AbortSignal
  /** URL of a registry to be a pull-through cache of, asked before our own; `CAPSTAN_UPSTREAM` unless told. */
  readonly upstream?: string
}

/**
 * Builds what is missing: the base, the node image, the course images, the template, the mirror; then tries what the
 * engine's kernel can do. Two processes at once wait for each other; a killed one leaves nothing half made.
 * @throws CapstanError `image-failed`, `no-space`
 */
export async function prepareImages(
  engine: OuterEngine,
  options: PrepareImagesOptions,
): Promise<PreparedImages> {
  const { home, onProgress, signal } = options
  return await withLock(
    join(home, 'images.lock'),
    async () => {
      const prepared = await prepareAll(engine.docker, options)
      engine.capabilities = await asTask(
        onProgress,
        { id: 'capabilities', label: 'Trying what the kernel can do' },
        () => probeCapabilities({ docker: engine.docker, image: prepared.node, home }),
      )
      return prepared
    },
    { signal },
  )
}

async function prepareAll(docker: DockerClient, options: PrepareImagesOptions): Promise<PreparedImages> {
  const { home, resources, onProgress, signal, upstream = process.env.CAPSTAN_UPSTREAM } = options
  const recipes = join(resources, 'engine/images/recipes')
  const base = await asTask(
    onProgress,
    { id: 'base', label: 'Preparing the Debian base', estimateSeconds: 25 },
    (tell) => prepareBase({ docker, home, onProgress, tell, signal }),
  )
  const node = await asTask(
    onProgress,
    { id: 'node-image', label: 'Building the lab node', estimateSeconds: 25 },
    (tell) => build({ docker, folder: join(recipes, 'node'), name: 'node', base, signal, tell }),
  )
  const course = await asTask(
    onProgress,
    { id: 'course-images', label: 'Building the course images', estimateSeconds: 60 },
    (tell) => buildCourse({ docker, recipes, base, signal, tell }),
  )
  const mirrors = await asTask(
    onProgress,
    { id: 'mirror', label: 'Filling the registry that nodes pull from', estimateSeconds: 30 },
    (tell) => prepareMirrors({ ...options, upstream, docker, node, course, recipes, tell }),
  )
  const template = await asTask(
    onProgress,
    { id: 'template', label: 'Pulling images once for all nodes', estimateSeconds: 15 },
    (tell) => {
      const everywhere = course.filter((image) => image.everywhere)
      const hash = jointHash([
        node,
        ...everywhere.flatMap(({ ref, arm64, tags }) => [ref, arm64 ?? '', ...tags]),
      ])
      const tags = everywhere.flatMap((image) => image.tags)
      return prepareTemplate({ docker, nodeImage: node, tags, mirror: mirrors.own, hash, tell })
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
  readonly tell: (detail: string, fraction?: number) => void
}

interface Mirrors {
  /** Has the course images. */
  readonly own: Mirror
  /** Those that nodes ask, in this order. */
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
  readonly tell: (detail: string, fraction?: number) => void
}

async function buildCourse({ recipes, tell, ...rest }: BuildCourse): Promise<BuiltImage[]> {
  const built: BuiltImage[] = [
    { name: 'debian', ref: rest.base, tags: BASE_TAGS, everywhere: true, arm64: null },
  ]
  const make = async (name: string, recipe: string, args: Readonly<Record<string, string>> = {}) =>
    await build({
      ...rest,
      folder: join(recipes, 'course', recipe),
      name: `course-${name}`,
      args,
      tell: () => undefined,
    })
  for (const [index, { name, recipe, args, tags, everywhere, arm64 }] of COURSE_IMAGES.entries()) {
    tell(name, index / COURSE_IMAGES.length)
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
  readonly tell: (detail: string, fraction?: number) => void
}

/** @returns the image's reference, which carries the recipe's hash: it is built exactly when that changes */
async function build({ docker, folder, name, base, args = {}, signal, tell }: BuildOne): Promise<string> {
  const { Id } = await docker.images.inspect(base)
  const ref = `capstan/${name}:${await recipeHash(folder, [Id, ...Object.values(args)].join())}`
  if (await docker.images.exists(ref)) return ref
  const last: string[] = []
  try {
    await docker.images.build(await recipeContext(folder), {
      tag: ref,
      buildargs: { BASE: base, ...args },
      signal,
      onLine: (line) => {
        last.push(line)
        if (line.startsWith('Step ')) tell(line)
      },
    })
  } catch (error) {
    if (!isCapstanError(error, 'image-failed')) throw error
    throw new CapstanError(
      'image-failed',
      `The image ${name} could not be built: ${error.message}. ${last.slice(-3).join(' ')}`,
      {
        help: 'See that the engine reaches its package mirror, then try again.',
        cause: error,
      },
    )
  }
  return ref
}
