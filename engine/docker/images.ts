/** The images of one engine: builds, pulls, pushes, imports, tags and removes them. */
import { Readable } from 'node:stream'
import { ImageInfo, listOf } from './answers'
import { type EngineConnection, SLOW_MS } from './connection'
import { type LineListener, readProgress } from './json-lines'
import { limited } from './limit'
import type { Request } from './request'

/** Milliseconds for a build, a pull, an import or a load. */
const IMAGE_MS = 600_000

interface Followed {
  readonly onLine?: LineListener
  /** Milliseconds until the last line; 10 minutes by default. */
  readonly limitMs?: number
  readonly signal?: AbortSignal
}

export interface BuildOptions extends Followed {
  readonly tag: string
  readonly buildargs?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  readonly networkmode?: string
  readonly dockerfile?: string
}

export type PullOptions = Followed

export interface ImportOptions extends Followed {
  readonly repo: string
  readonly tag: string
}

export class Images {
  readonly #connection: EngineConnection

  constructor(connection: EngineConnection) {
    this.#connection = connection
  }

  async list({ labels = [] }: { labels?: readonly string[] } = {}): Promise<ImageInfo[]> {
    const request = {
      path: '/images/json',
      query: { filters: { label: labels } },
      doing: 'listing images',
    }
    return await this.#connection.ask(request, listOf(ImageInfo))
  }

  async inspect(ref: string): Promise<ImageInfo> {
    const request = { path: `/images/${ref}/json`, doing: `inspecting the image ${ref}` }
    return await this.#connection.ask(request, ImageInfo)
  }

  async exists(ref: string): Promise<boolean> {
    return await this.#connection.exists({
      path: `/images/${ref}/json`,
      doing: `looking for the image ${ref}`,
    })
  }

  async tag(ref: string, repo: string, tag: string): Promise<void> {
    const doing = `tagging ${ref}`
    await this.#connection.send({ method: 'POST', path: `/images/${ref}/tag`, query: { repo, tag }, doing })
  }

  async remove(ref: string): Promise<void> {
    await this.#connection.sendUnlessGone({
      method: 'DELETE',
      path: `/images/${ref}`,
      query: { force: true },
      doing: `removing the image ${ref}`,
      limitMs: SLOW_MS,
    })
  }

  /** Makes an image with one layer out of a root file system. */
  async import(tar: Readable, { repo, tag, ...followed }: ImportOptions): Promise<void> {
    const query = { fromSrc: '-', repo, tag }
    const doing = `importing ${repo}:${tag}`
    await this.#follow({ method: 'POST', path: '/images/create', query, file: tar, doing }, followed)
  }

  /** Builds an image with the classic builder. @throws CapstanError `image-failed` with the builder's words */
  async build(context: Readable | Buffer, options: BuildOptions): Promise<void> {
    const { tag, buildargs = {}, labels = {}, networkmode, dockerfile, ...followed } = options
    const query = { t: tag, buildargs, labels, networkmode, dockerfile, rm: true, forcerm: true }
    await this.#follow(
      { method: 'POST', path: '/build', query, file: context, doing: `building ${tag}` },
      followed,
    )
  }

  /** @throws CapstanError `image-failed`, `not-found` or `engine-refused` when no registry has it or none answers */
  async pull(ref: string, options: PullOptions = {}): Promise<void> {
    // Without a tag the engine would pull every tag of the repository.
    const fromImage = /[:@][^/]*$/.test(ref) ? ref : `${ref}:latest`
    await this.#follow(
      { method: 'POST', path: '/images/create', query: { fromImage }, doing: `pulling ${ref}` },
      options,
    )
  }

  /** Pushes to the registry in the name, without an account. */
  async push(repo: string, tag: string, options: Followed = {}): Promise<void> {
    const doing = `pushing ${repo}:${tag}`
    await this.#follow(
      { method: 'POST', path: `/images/${repo}/push`, query: { tag }, anonymous: true, doing },
      options,
    )
  }

  /** Sends a request whose answer reports progress line by line. The limit holds until the last line. */
  async #follow(
    request: Request,
    { onLine = () => undefined, limitMs = IMAGE_MS, signal }: Followed,
  ): Promise<void> {
    const { doing, file } = request
    try {
      await limited({ limitMs, doing, signal }, async (within) => {
        const stream = await this.#connection.open({ ...request, limitMs, signal: within })
        await readProgress(stream, { doing, onLine })
      })
    } finally {
      if (file instanceof Readable) file.destroy()
    }
  }
}
