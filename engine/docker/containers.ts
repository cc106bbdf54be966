/** The containers of one engine: creates, runs, inspects and removes them. */
import type { Readable } from 'node:stream'
import type { ContainerCreateOptions } from 'dockerode'
import { isCapstanError } from '../../shared/errors'
import { stretched } from '../../shared/time-limits'
import {
  ContainerInfo,
  ContainerInspectInfo,
  ContainerSize,
  ContainerStats,
  Created,
  Ended,
  listOf,
  PathChange,
} from './answers'
import { type EngineConnection, LIMIT_MS, SLOW_MS } from './connection'
import { limited } from './limit'
import { collectOutput } from './output'
import type { Request } from './request'

/** Bytes of a list of paths: a container that has unpacked a file system has changed very many. */
const MOST_CHANGES_BYTES = 16 * 1024 * 1024

export class Containers {
  readonly #connection: EngineConnection

  constructor(connection: EngineConnection) {
    this.#connection = connection
  }

  /** @returns the container's id */
  async create({ name, ...spec }: ContainerCreateOptions): Promise<string> {
    const request: Request = {
      method: 'POST',
      path: '/containers/create',
      query: { name },
      body: spec,
      doing: 'creating a container',
      limitMs: SLOW_MS,
    }
    return (await this.#connection.ask(request, Created)).Id
  }

  async start(id: string): Promise<void> {
    await this.#act(id, 'start', { doing: 'starting a container' })
  }

  /** @param seconds time between SIGTERM and SIGKILL on a usual machine */
  async stop(id: string, { seconds = 10 } = {}): Promise<void> {
    await this.#act(id, 'stop', {
      query: { t: wholeSeconds(seconds) },
      doing: 'stopping a container',
      seconds,
    })
  }

  /** @param seconds time between SIGTERM and SIGKILL on a usual machine */
  async restart(id: string, { seconds = 5 } = {}): Promise<void> {
    await this.#act(id, 'restart', {
      query: { t: wholeSeconds(seconds) },
      doing: 'restarting a container',
      seconds,
    })
  }

  async kill(id: string, signal = 'SIGKILL'): Promise<void> {
    await this.#act(id, 'kill', { query: { signal }, doing: 'killing a container' })
  }

  /** Freezes every process in it, at once. */
  async pause(id: string): Promise<void> {
    await this.#act(id, 'pause', { doing: 'pausing a container' })
  }

  async unpause(id: string): Promise<void> {
    await this.#act(id, 'unpause', { doing: 'unpausing a container' })
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
    const request: Request = {
      method: 'POST',
      path: `/containers/${id}/wait`,
      doing: 'waiting for a container',
      limitMs,
    }
    return (await this.#connection.ask(request, Ended)).StatusCode
  }

  async inspect(id: string): Promise<ContainerInspectInfo> {
    const request = { path: `/containers/${id}/json`, doing: 'inspecting a container' }
    return await this.#connection.ask(request, ContainerInspectInfo)
  }

  /** Lists running and stopped containers that carry all these labels (`key` or `key=value`). */
  async list({ labels = [] }: { labels?: readonly string[] } = {}): Promise<ContainerInfo[]> {
    const request = {
      path: '/containers/json',
      query: { all: true, filters: { label: labels } },
      doing: 'listing containers',
    }
    return await this.#connection.ask(request, listOf(ContainerInfo))
  }

  /** Measures what a container has written beside its volumes. The engine walks through all of its files for that. */
  async size(id: string, limitMs = SLOW_MS): Promise<ContainerSize> {
    const request: Request = {
      path: `/containers/${id}/json`,
      query: { size: true },
      doing: 'measuring a container',
      limitMs,
    }
    return await this.#connection.ask(request, ContainerSize)
  }

  async stats(id: string): Promise<ContainerStats> {
    const request = {
      path: `/containers/${id}/stats`,
      query: { stream: false, 'one-shot': true },
      doing: 'reading memory and processor use',
    }
    return await this.#connection.ask(request, ContainerStats)
  }

  async changes(id: string): Promise<PathChange[]> {
    const request = {
      path: `/containers/${id}/changes`,
      doing: 'comparing a container with its image',
      limitMs: SLOW_MS,
      mostBytes: MOST_CHANGES_BYTES,
    }
    return await this.#connection.ask(request, listOf(PathChange))
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
      const stream = await this.#connection.open({
        path: `/containers/${id}/logs`,
        query: { stdout: true, stderr: true, tail },
        doing: 'reading a log',
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

/** The engine takes whole seconds. It waits for them itself, so they are stretched like a limit of ours. */
function wholeSeconds(seconds: number): number {
  return Math.ceil(stretched(seconds * 1_000) / 1_000)
}
