/** The image and the template of nodes, for each version of the engine. */
import { join } from 'node:path'
import type { DockerClient } from '../docker'
import { type OuterEngine, type ProgressListener, type ReportDetail, withSetupLock } from '../outer'
import type { BuiltImage } from './build-course'
import type { Mirror } from './mirror'
import { prepareNodeImage } from './node-image'
import { jointHash } from './recipe'
import { prepareTemplate } from './template'

/** What nodes with one version of the engine are made of. */
export interface NodeParts {
  /** Reference of the node image. */
  readonly node: string
  /** Volume with the images that every node has. */
  readonly template: string
}

export type PreparedEngine = Pick<OuterEngine, 'docker' | 'endpoint' | 'capabilities'>

/** What every preparation works with. */
export interface Given {
  readonly docker: DockerClient
  readonly home: string
  readonly recipes: string
  readonly onProgress: ProgressListener
  readonly signal: AbortSignal
}

export interface ForEngineOptions {
  readonly signal: AbortSignal
  /** Called with what is being done, while it takes time. */
  readonly onActivity: (text: string) => void
}

/** What a template is filled with. */
export interface Content {
  readonly engine: PreparedEngine
  readonly course: readonly BuiltImage[]
  /** The registry with the course images. */
  readonly mirror: Mirror
}

interface TemplateOf {
  readonly version: string
  readonly node: string
  readonly content: Content
  readonly report: ReportDetail
  readonly signal: AbortSignal
}

/** Each version of the engine fills a template of its own: what it reads there must be what it would have written. */
export async function templateOf({ version, node, content, report, signal }: TemplateOf): Promise<string> {
  const { engine, course, mirror } = content
  const { docker, capabilities } = engine
  const everywhere = course.filter((image) => image.everywhere)
  const hash = jointHash([
    node,
    // Its files belong to the users that nodes have.
    String(capabilities.userns),
    ...everywhere.flatMap(({ ref, foreign, tags }) => [ref, foreign ?? '', ...tags]),
  ])
  const tags = everywhere.flatMap((image) => image.tags)
  return await prepareTemplate({
    docker,
    capabilities,
    version,
    nodeImage: node,
    tags,
    mirror,
    hash,
    report,
    signal,
  })
}

/** The parts of nodes with engines that are not the usual one: each is made once, whoever asks meanwhile. */
export class OtherEngines {
  readonly #given: Given & { readonly content: Content }
  readonly #parts = new Map<string, Promise<NodeParts>>()

  constructor(given: Given & { readonly content: Content }) {
    this.#given = given
  }

  async parts(version: string, options: ForEngineOptions): Promise<NodeParts> {
    const known = this.#parts.get(version)
    // Whoever comes later waits for the work of the first. Where that was given up, the next one does it.
    if (known) return await known.catch(() => this.#begin(version, options))
    return await this.#begin(version, options)
  }

  async #begin(version: string, options: ForEngineOptions): Promise<NodeParts> {
    const parts = this.#make(version, options)
    this.#parts.set(version, parts)
    parts.catch(() => {
      if (this.#parts.get(version) === parts) this.#parts.delete(version)
    })
    return await parts
  }

  async #make(version: string, { signal, onActivity }: ForEngineOptions): Promise<NodeParts> {
    const { content, ...given } = this.#given
    const report = (detail: string) => onActivity(`Preparing nodes with Docker ${version}: ${detail}`)
    const make = async () => {
      const node = await prepareNodeImage(version, { ...given, report, signal })
      return { node, template: await templateOf({ version, node, content, report, signal }) }
    }
    return await withSetupLock(join(given.home, 'images.lock'), make, { ...given, signal })
  }
}
