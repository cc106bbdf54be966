/** Prepares everything that nodes are made of, once per recipe and engine. */
import { join } from 'node:path'
import type { DockerClient } from '../docker'
import { EngineError, isEngineError } from '../errors'
import { asTask, type OuterEngine, type ProgressListener, probeCapabilities, withLock } from '../host'
import { prepareBase } from './base'
import { BASE_TAGS, COURSE_IMAGES } from './course'
import { jointHash, recipeContext, recipeHash } from './recipe'
import { prepareTemplate, type TemplateContent } from './template'

export interface PreparedImages {
  /** Reference of the node image. */
  readonly node: string
  /** Volume with the course images. */
  readonly template: string
}

export interface PrepareImagesOptions {
  readonly home: string
  /** Folder that holds `engine/images` with the recipes. */
  readonly resources: string
  readonly onProgress: ProgressListener
  readonly signal: AbortSignal
}

/**
 * Builds what is missing: the base, the node image, the course images, the template; then tries what the
 * engine's kernel can do. Two processes at once wait for each other; a killed one leaves nothing half made.
 * @throws EngineError `image-failed`, `no-space`
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
  const { home, resources, onProgress, signal } = options
  const recipes = join(resources, 'engine/images')
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
  const content = await asTask(
    onProgress,
    { id: 'course-images', label: 'Building the course images', estimateSeconds: 25 },
    (tell) => buildCourse({ docker, recipes, base, signal, tell }),
  )
  const hash = jointHash([node, ...content.flatMap(({ ref, tags }) => [ref, ...tags])])
  const template = await asTask(
    onProgress,
    { id: 'template', label: 'Loading the course images once for all nodes', estimateSeconds: 15 },
    (tell) => prepareTemplate({ docker, nodeImage: node, content, hash, tell }),
  )
  return { node, template }
}

interface BuildCourse {
  readonly docker: DockerClient
  readonly recipes: string
  readonly base: string
  readonly signal: AbortSignal
  readonly tell: (detail: string, fraction?: number) => void
}

async function buildCourse({ recipes, tell, ...rest }: BuildCourse): Promise<TemplateContent> {
  const content: { ref: string; tags: readonly string[] }[] = [{ ref: rest.base, tags: BASE_TAGS }]
  for (const [index, { name, tags }] of COURSE_IMAGES.entries()) {
    tell(name, index / COURSE_IMAGES.length)
    const ref = await build({
      ...rest,
      folder: join(recipes, 'course', name),
      name: `course-${name}`,
      tell: () => undefined,
    })
    content.push({ ref, tags })
  }
  return content
}

interface BuildOne {
  readonly docker: DockerClient
  readonly folder: string
  readonly name: string
  readonly base: string
  readonly signal: AbortSignal
  readonly tell: (detail: string, fraction?: number) => void
}

/** @returns the image's reference, which carries the recipe's hash: it is built exactly when that changes */
async function build({ docker, folder, name, base, signal, tell }: BuildOne): Promise<string> {
  const { Id } = await docker.inspectImage(base)
  const ref = `capstan/${name}:${await recipeHash(folder, Id)}`
  if (await docker.imageExists(ref)) return ref
  const last: string[] = []
  try {
    await docker.buildImage(await recipeContext(folder), {
      tag: ref,
      buildargs: { BASE: base },
      signal,
      onLine: (line) => {
        last.push(line)
        if (line.startsWith('Step ')) tell(line)
      },
    })
  } catch (error) {
    if (!isEngineError(error, 'image-failed')) throw error
    throw new EngineError(
      'image-failed',
      `The image ${name} could not be built: ${error.message}. ${last.slice(-3).join(' ')}`,
      {
        mend: 'See that the engine reaches its package mirror, then try again.',
        cause: error,
      },
    )
  }
  return ref
}
