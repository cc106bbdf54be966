/** The containers of one engine: creates, runs, inspects and removes them. */
import type { Readable } from 'node:stream'
import type { ContainerCreateOptions, ContainerInfo, ContainerInspectInfo, ContainerStats } from 'dockerode'
import { isCapstanError } from '../../shared/errors'
import { type EngineConnection, LIMIT_MS, SLOW_MS } from './connection'
import { limited } from './limit'
import { collectOutput } from './output'

export interface PathChange {
  readonly Path: string
  /** 0 changed, 1 added, 2 removed. */
  readonly Kind: 0 | 1 | 2
}

export class Containers {
  readonly #connection: EngineConnection

  constructor(connection: EngineConnection) {
    this.#connection = connection
  }

  /** @returns the container's id */
  async create({ name, ...spec }: ContainerCreateOptions): Promise<string> {
    const { Id } = await this.#connection.send<{ Id: string }>({
      method: 'POST',
      path: '/containers/create',
      query: { name },
      body: spec,
      doing: 'creating a container',
      limitMs: SLOW_MS,
    })
    return Id
  }

  async start(id: string): Promise<void> {
    await this.#act(id, 'start', { doing: 'starting a container' })
  }

  /** @param seconds time between SIGTERM and SIGKILL */
  async stop(id: string, { seconds = 10 } = {}): Promise<void> {
    await this.#act(id, 'stop', { query: { t: seconds }, doing: 'stopping a container', seconds })
  }

  /** @param seconds time between SIGTERM and SIGKILL */
  async restart(id: string, { seconds = 5 } = {}): Promise<void> {
    await this.#act(id, 'restart', { query: { t: seconds }, doing: 'restarting a container', seconds })
  }

  async kill(id: string, signal = 'SIGKILL'): Promise<void> {
    await this.#act(id, 'kill', { query: { signal }, doing: 'killing a container' })
  }

  /** Removes it by force, with its anonymous volumes. Also waits for a removal that has begun already. */
  async remove(id: string): Promise<void> {
    try {
      await this.#connection.sendUnlessGone({
        method: 'DELETE',
        path: `/containers/${id}`,
        query: { force: true, v: true },
        doing: 'removing a container',
        limitMs: SLOW_MS,
      })
    } catch (error) {
      if (!isCapstanError(error) || error.status !== 409 || !/already in progress/.test(error.message))
        throw error
      await this.#waitRemoved(id)
    }
  }

  /** @returns the exit code, once the container has stopped */
  async wait(id: string, limitMs: number): Promise<number> {
    const { StatusCode } = await this.#connection.send<{ StatusCode: number }>({
      method: 'POST',
      path: `/containers/${id}/wait`,
      doing: 'waiting for a container',
      limitMs,
    })
    return StatusCode
  }

  async inspect(id: string): Promise<ContainerInspectInfo> {
    return await this.#connection.send({ path: `/containers/${id}/json`, doing: 'inspecting a container' })
  }

  /** Lists running and stopped containers that carry all these labels (`key` or `key=value`). */
  async list({ labels = [] }: { labels?: readonly string[] } = {}): Promise<ContainerInfo[]> {
    return await this.#connection.send({
      path: '/containers/json',
      query: { all: true, filters: { label: labels } },
      doing: 'listing containers',
    })
  }

  async stats(id: string): Promise<ContainerStats> {
    return await this.#connection.send({
      path: `/containers/${id}/stats`,
      query: { stream: false, 'one-shot': true },
      doing: 'reading memory and processor use',
    })
  }

  async changes(id: string): Promise<PathChange[]> {
    const changes = await this.#connection.send<PathChange[] | null>({
      path: `/containers/${id}/changes`,
      doing: 'comparing a container with its image',
      limitMs: SLOW_MS,
    })
    return changes ?? []
  }

  /** Unpacks a tar archive at a path of the container, running or not. */
  async copyIn(id: string, path: string, tar: Readable | Buffer): Promise<void> {
    await this.#connection.send({
      method: 'PUT',
      path: `/containers/${id}/archive`,
      query: { path },
      file: tar,
      doing: `copying files to ${path}`,
      limitMs: SLOW_MS,
    })
  }

  /** Reads the last lines that a container wrote to stdout and stderr. */
  async log(id: string, tail = 20): Promise<string> {
    return await limited({ limitMs: LIMIT_MS, doing: 'reading a log' }, async (signal) => {
      const stream = await this.#connection.send<Readable>({
        path: `/containers/${id}/logs`,
        query: { stdout: true, stderr: true, tail },
        doing: 'reading a log',
        stream: true,
        signal,
      })
      return (await collectOutput(stream, {})).output
    })
  }

  async #act(
    id: string,
    action: string,
    { query = {}, doing, seconds = 0 }: { query?: Record<string, unknown>; doing: string; seconds?: number },
  ): Promise<void> {
    const limitMs = seconds * 1000 + SLOW_MS
    await this.#connection.send({
      method: 'POST',
      path: `/containers/${id}/${action}`,
      query,
      doing,
      limitMs,
    })
  }

  /** @throws CapstanError `engine-timeout` */
  async #waitRemoved(id: string): Promise<void> {
    await this.#connection.sendUnlessGone({
      method: 'POST',
      path: `/containers/${id}/wait`,
      query: { condition: 'removed' },
      doing: 'waiting for a container to be removed',
      limitMs: SLOW_MS,
    })
  }
}
