/** Prepares everything that nodes are made of, once for each recipe and engine. */
import { join } from 'node:path'
import type { DockerClient } from '../docker'
import {
  asSetupLine,
  measurePace,
  PART_SECONDS,
  type ProgressListener,
  probeCapabilities,
  type ReportDetail,
  withSetupLock,
} from '../outer'
import { prepareBase } from './base'
import { type BuiltImage, buildCourse } from './build-course'
import { DEFAULT_ENGINE } from './engines'
import { type Mirror, prepareMirror, serveCache } from './mirror'
import { prepareNodeImage } from './node-image'
import {
  type ForEngineOptions,
  type Given,
  type NodeParts,
  OtherEngines,
  type PreparedEngine,
  templateOf,
} from './node-parts'
import { jointHash } from './recipe'
import { together } from './together'

export interface PreparedImages extends NodeParts {
  /** The version of the engine in nodes that ask for none, such as "26.1". */
  readonly engine: string
  /** Registries that nodes ask before Docker Hub, in this order. */
  readonly mirrors: readonly Mirror[]
  /**
   * The parts of nodes with another version of the engine. They are made when they are first needed, which takes about a
   * minute.
   * @throws CapstanError `image-failed`, `no-space`
   */
  forEngine(version: string, options: ForEngineOptions): Promise<NodeParts>
}

export interface PrepareImagesOptions {
  readonly home: string
  /** Folder that holds `engine/images` with the recipes. */
  readonly resources: string
  readonly onProgress: ProgressListener
  readonly signal: AbortSignal
  /** The version of the engine in nodes that ask for none. By default it is that of Debian stable. */
  readonly engineVersion?: string | undefined
  /** URL of a registry. Nodes ask a pull-through cache of it before our own. By default that in `CAPSTAN_UPSTREAM`. */
  readonly upstream?: string
}

/**
 * Builds the parts that are missing: the bases, the node image, the course images, the mirror, the template. Meanwhile it
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
  const { home, resources, onProgress, signal, engineVersion = DEFAULT_ENGINE } = options
  const { upstream = process.env.CAPSTAN_UPSTREAM } = options
  const given: Given = { docker: engine.docker, home, recipes: join(resources, RECIPES), onProgress, signal }
  const [node, course] = await buildImages(given, { version: engineVersion, endpoint: engine.endpoint })
  const [mirrors] = await together(
    [
      async (either) =>
        await asSetupLine(
          onProgress,
          {
            id: 'mirror',
            label: 'Filling the registry that nodes pull from',
            estimateSeconds: PART_SECONDS.mirror,
          },
          (report) => prepareMirrors({ ...given, upstream, node, course, report, signal: either }),
        ),
      async (either) => {
        // How nodes are made depends on it, and the template is made by a node.
        engine.capabilities = await asSetupLine(
          onProgress,
          { id: 'capabilities', label: 'Trying what the kernel can do' },
          () => probeCapabilities({ docker: engine.docker, image: node, home, signal: either }),
        )
      },
    ],
    { signal },
  )
  const content = { engine, course, mirror: mirrors.own }
  const template = await asSetupLine(
    onProgress,
    { id: 'template', label: 'Pulling images once for all nodes', estimateSeconds: PART_SECONDS.template },
    (report) => templateOf({ version: engineVersion, node, content, report, signal }),
  )
  const others = new OtherEngines({ ...given, content })
  return {
    engine: engineVersion,
    node,
    template,
    mirrors: mirrors.all,
    forEngine: async (version, forEngine) =>
      version === engineVersion ? { node, template } : await others.parts(version, forEngine),
  }
}

const RECIPES = 'engine/images/recipes'

/** Most of a build is one process that unpacks, so the node and the course images are built side by side. */
async function buildImages(
  given: Given,
  { version, endpoint }: { readonly version: string; readonly endpoint: string },
): Promise<[string, BuiltImage[]]> {
  const { docker, home, recipes, onProgress, signal } = given
  const works = [
    async (either: AbortSignal) =>
      await asSetupLine(
        onProgress,
        {
          id: 'node-image',
          label: `Building the lab node with Docker ${version}`,
          estimateSeconds: PART_SECONDS['node-image'],
        },
        (report) => prepareNodeImage(version, { ...given, signal: either, report }),
      ),
    async (either: AbortSignal) => {
      const base = await asSetupLine(
        onProgress,
        { id: 'base', label: 'Preparing the Debian base', estimateSeconds: PART_SECONDS.base },
        (report) => prepareBase({ ...given, suite: COURSE_SUITE, signal: either, report }),
      )
      // What comes after this has the time that it needs on this machine.
      await asSetupLine(onProgress, { id: 'pace', label: 'Measuring how fast the engine is' }, () =>
        measurePace({ docker, endpoint, image: base, home, signal: either }),
      )
      return await asSetupLine(
        onProgress,
        {
          id: 'course-images',
          label: 'Building the course images',
          estimateSeconds: PART_SECONDS['course-images'],
        },
        (report) => buildCourse({ docker, recipes, base, signal: either, report }),
      )
    },
  ] as const
  return await together(works, { signal })
}

/** The images of labs are named after the versions that this suite has, such as PostgreSQL 15. */
const COURSE_SUITE = 'bookworm'

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
    'with a certificate',
    ...course.flatMap(({ ref, tags, foreign }) => [ref, foreign ?? '', ...tags]),
  ])
  const own = await prepareMirror({ docker, nodeImage: node, registryImage, content: course, hash, ...rest })
  const all = upstream ? [await serveCache(docker, { nodeImage: node, registryImage, upstream }), own] : [own]
  return { own, all }
}
