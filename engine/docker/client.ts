/** One Docker Engine, outer or inner: every call has a time limit and fails with an EngineError. */
import type { Agent } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import type {
  ContainerCreateOptions,
  ContainerInfo,
  ContainerInspectInfo,
  ContainerStats,
  ImageInfo,
  ImageInspectInfo,
  NetworkInspectInfo,
  VolumeInspectInfo,
} from 'dockerode'
import Docker from 'dockerode'
import { EngineError, isEngineError } from '../errors'
import { connectOptions, type Endpoint } from './endpoint'
import { type EventWatch, watchEvents } from './events'
import { collectExec, type ExecOptions, type ExecResult } from './exec'
import { timeoutError, toEngineError } from './failures'
import { type LineListener, readProgress } from './json-lines'
import { CommandPipe } from './pipe'

const LIMIT_MS = 10_000
const SLOW_MS = 60_000
const IMAGE_MS = 600_000

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly file?: Readable | Buffer
  /** What is being done, for the error: "creating a container". */
  readonly doing: string
  readonly limitMs?: number
  readonly signal?: AbortSignal
  readonly stream?: boolean
  readonly hijack?: boolean
}

export interface TtyOptions {
  readonly cmd: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly cols: number
  readonly rows: number
}

export interface Tty {
  readonly stream: Duplex
  readonly execId: string
  resize(cols: number, rows: number): Promise<void>
  /** Null while it runs. */
  exitCode(): Promise<number | null>
}

export interface BuildOptions {
  readonly tag: string
  readonly buildargs?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  readonly networkmode?: string
  readonly dockerfile?: string
  readonly onLine?: LineListener
  readonly limitMs?: number
  readonly signal?: AbortSignal
}

export interface PathChange {
  readonly Path: string
  readonly Kind: 0 | 1 | 2
}

export class DockerClient {
  readonly #docker: Docker
  readonly #agent: Agent | null

  private constructor(docker: Docker, agent: Agent | null) {
    this.#docker = docker
    this.#agent = agent
  }

  /** A client of the engine at an endpoint. Nothing is sent yet. */
  static to(endpoint: Endpoint): DockerClient {
    return new DockerClient(new Docker(connectOptions(endpoint)), null)
  }

  /** A client whose connections an agent makes, such as through a node's `dial-stdio`. */
  static over(agent: Agent): DockerClient {
    // dockerode's types leave out the agent that its modem takes.
    const options: Docker.DockerOptions & { agent: Agent } = {
      protocol: 'http',
      host: 'engine',
      port: 80,
      agent,
    }
    return new DockerClient(new Docker(options), agent)
  }

  /** Lets go of kept connections. */
  close(): void {
    this.#agent?.destroy()
  }

  async ping(limitMs = LIMIT_MS): Promise<void> {
    await this.send({ path: '/_ping', doing: 'asking whether it is there', limitMs })
  }

  async version(): Promise<{
    Version: string
    ApiVersion: string
    Os: string
    Arch: string
    KernelVersion?: string
  }> {
    return await this.send({ path: '/version', doing: 'asking for its version' })
  }

  async info(): Promise<Readonly<Record<string, unknown>>> {
    return await this.send({ path: '/info', doing: 'asking what it can do' })
  }

  /** The JSON of any GET of the engine's API, such as `/containers/json?all=1`. */
  async get<T>(path: string, limitMs = LIMIT_MS): Promise<T> {
    return await this.send({ path, doing: `reading ${path}`, limitMs })
  }

  async createContainer({ name, ...spec }: ContainerCreateOptions): Promise<string> {
    const { Id } = await this.send<{ Id: string }>({
      method: 'POST',
      path: '/containers/create',
      query: { name },
      body: spec,
      doing: 'creating a container',
      limitMs: SLOW_MS,
    })
    return Id
  }

  async startContainer(id: string): Promise<void> {
    await this.send({
      method: 'POST',
      path: `/containers/${id}/start`,
      doing: 'starting a container',
      limitMs: SLOW_MS,
    })
  }

  /** @param seconds time between SIGTERM and SIGKILL */
  async stopContainer(id: string, { seconds = 10 } = {}): Promise<void> {
    await this.send({
      method: 'POST',
      path: `/containers/${id}/stop`,
      query: { t: seconds },
      doing: 'stopping a container',
      limitMs: seconds * 1000 + SLOW_MS,
    })
  }

  async restartContainer(id: string, { seconds = 5 } = {}): Promise<void> {
    await this.send({
      method: 'POST',
      path: `/containers/${id}/restart`,
      query: { t: seconds },
      doing: 'restarting a container',
      limitMs: seconds * 1000 + SLOW_MS,
    })
  }

  async killContainer(id: string, signal = 'SIGKILL'): Promise<void> {
    await this.send({
      method: 'POST',
      path: `/containers/${id}/kill`,
      query: { signal },
      doing: 'killing a container',
      limitMs: SLOW_MS,
    })
  }

  /** By force, with its anonymous volumes. One that is gone already is fine. */
  async removeContainer(id: string): Promise<void> {
    await this.#unlessGone({
      method: 'DELETE',
      path: `/containers/${id}`,
      query: { force: true, v: true },
      doing: 'removing a container',
      limitMs: SLOW_MS,
    })
  }

  async waitContainer(id: string, limitMs: number): Promise<number> {
    const { StatusCode } = await this.send<{ StatusCode: number }>({
      method: 'POST',
      path: `/containers/${id}/wait`,
      doing: 'waiting for a container',
      limitMs,
    })
    return StatusCode
  }

  async inspectContainer(id: string): Promise<ContainerInspectInfo> {
    return await this.send({ path: `/containers/${id}/json`, doing: 'inspecting a container' })
  }

  /** Running and stopped ones that carry all these labels (`key` or `key=value`). */
  async listContainers({ labels = [] }: { labels?: readonly string[] } = {}): Promise<ContainerInfo[]> {
    return await this.send({
      path: '/containers/json',
      query: { all: true, filters: { label: labels } },
      doing: 'listing containers',
    })
  }

  async containerStats(id: string): Promise<ContainerStats> {
    return await this.send({
      path: `/containers/${id}/stats`,
      query: { stream: false, 'one-shot': true },
      doing: 'reading memory and processor use',
    })
  }

  async containerChanges(id: string): Promise<PathChange[]> {
    return (
      (await this.send<PathChange[] | null>({
        path: `/containers/${id}/changes`,
        doing: 'comparing a container with its image',
        limitMs: SLOW_MS,
      })) ?? []
    )
  }

  /** The last lines a container wrote, stdout and stderr together. */
  async containerLog(id: string, tail = 20): Promise<string> {
    const stream = await this.send<Readable>({
      path: `/containers/${id}/logs`,
      query: { stdout: true, stderr: true, tail },
      doing: 'reading a log',
      stream: true,
    })
    return (await collectExec(stream, {})).output
  }

  async copyIn(id: string, path: string, tar: Readable | Buffer): Promise<void> {
    await this.send({
      method: 'PUT',
      path: `/containers/${id}/archive`,
      query: { path },
      file: tar,
      doing: `copying files to ${path}`,
      limitMs: SLOW_MS,
    })
  }

  /**
   * Runs a command in a container and waits for its end.
   * Output beyond `maxBytes` is cut off. At the limit the command goes on, but nobody listens.
   */
  async exec(containerId: string, cmd: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const { limitMs = LIMIT_MS, signal, stdin } = options
    const doing = `running ${cmd[0] ?? 'a command'}`
    return await limited({ limitMs, doing, ...(signal && { signal }) }, async (within) => {
      const id = await this.#createExec(containerId, cmd, { ...options, tty: false, signal: within })
      const socket = await this.#startExec(id, { tty: false, signal: within })
      if (stdin !== undefined) socket.end(stdin)
      const output = await collectExec(socket, { ...options, signal: within })
      const { ExitCode } = await this.send<{ ExitCode: number | null }>({
        path: `/exec/${id}/json`,
        doing,
        signal: within,
      })
      return { exitCode: ExitCode ?? -1, stdout: output.stdout, stderr: output.stderr }
    })
  }

  /** A command with a terminal of its own. */
  async openTty(containerId: string, options: TtyOptions): Promise<Tty> {
    const { cmd, cols, rows } = options
    return await limited({ limitMs: LIMIT_MS, doing: 'opening a terminal' }, async (signal) => {
      const execId = await this.#createExec(containerId, cmd, { ...options, tty: true, stdin: '', signal })
      const stream = await this.#startExec(execId, { tty: true, signal })
      const tty: Tty = {
        stream,
        execId,
        resize: async (w, h) =>
          await this.send({
            method: 'POST',
            path: `/exec/${execId}/resize`,
            query: { w, h },
            doing: 'resizing a terminal',
          }),
        exitCode: async () =>
          (await this.get<{ Running: boolean; ExitCode: number | null }>(`/exec/${execId}/json`)).ExitCode,
      }
      // Before the start the engine answers 500 to a resize, so the first one comes after it.
      await tty.resize(cols, rows)
      return tty
    })
  }

  /** A command's stdin and stdout as a duplex; its stderr is the error when it ends badly. */
  async openPipe(containerId: string, cmd: readonly string[]): Promise<Duplex> {
    return await limited({ limitMs: LIMIT_MS, doing: `opening ${cmd.join(' ')}` }, async (signal) => {
      const execId = await this.#createExec(containerId, cmd, { tty: false, stdin: '', signal })
      return new CommandPipe(await this.#startExec(execId, { tty: false, signal }))
    })
  }

  async createNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<string> {
    const { Id } = await this.send<{ Id: string }>({
      method: 'POST',
      path: '/networks/create',
      body: { Name: name, Driver: 'bridge', CheckDuplicate: true, Labels: labels },
      doing: 'creating a network',
      limitMs: SLOW_MS,
    })
    return Id
  }

  async removeNetwork(id: string): Promise<void> {
    await this.#unlessGone({ method: 'DELETE', path: `/networks/${id}`, doing: 'removing a network' })
  }

  async listNetworks({ labels = [] }: { labels?: readonly string[] } = {}): Promise<NetworkInspectInfo[]> {
    return await this.send({
      path: '/networks',
      query: { filters: { label: labels } },
      doing: 'listing networks',
    })
  }

  async createVolume(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    await this.send({
      method: 'POST',
      path: '/volumes/create',
      body: { Name: name, Labels: labels },
      doing: 'creating a volume',
    })
  }

  async removeVolume(name: string): Promise<void> {
    await this.#unlessGone({
      method: 'DELETE',
      path: `/volumes/${name}`,
      query: { force: true },
      doing: 'removing a volume',
      limitMs: SLOW_MS,
    })
  }

  async listVolumes({ labels = [] }: { labels?: readonly string[] } = {}): Promise<VolumeInspectInfo[]> {
    const { Volumes } = await this.send<{ Volumes: VolumeInspectInfo[] | null }>({
      path: '/volumes',
      query: { filters: { label: labels } },
      doing: 'listing volumes',
    })
    return Volumes ?? []
  }

  async listImages({ labels = [] }: { labels?: readonly string[] } = {}): Promise<ImageInfo[]> {
    return await this.send({
      path: '/images/json',
      query: { filters: { label: labels } },
      doing: 'listing images',
    })
  }

  async inspectImage(ref: string): Promise<ImageInspectInfo> {
    return await this.send({ path: `/images/${ref}/json`, doing: `inspecting the image ${ref}` })
  }

  async imageExists(ref: string): Promise<boolean> {
    return await this.inspectImage(ref).then(
      () => true,
      (error: unknown) => {
        if (isEngineError(error, 'not-found')) return false
        throw error
      },
    )
  }

  async tagImage(ref: string, repo: string, tag: string): Promise<void> {
    await this.send({
      method: 'POST',
      path: `/images/${ref}/tag`,
      query: { repo, tag },
      doing: `tagging ${ref}`,
    })
  }

  async removeImage(ref: string): Promise<void> {
    await this.#unlessGone({
      method: 'DELETE',
      path: `/images/${ref}`,
      query: { force: true },
      doing: `removing the image ${ref}`,
      limitMs: SLOW_MS,
    })
  }

  /** Makes an image with one layer of a root file system. */
  async importImage(
    tar: Readable,
    { repo, tag, signal }: { repo: string; tag: string; signal?: AbortSignal },
  ): Promise<void> {
    const stream = await this.send<Readable>({
      method: 'POST',
      path: '/images/create',
      query: { fromSrc: '-', repo, tag },
      file: tar,
      doing: `importing ${repo}:${tag}`,
      limitMs: IMAGE_MS,
      stream: true,
      ...(signal && { signal }),
    })
    await readProgress(stream, () => undefined)
  }

  /** Builds an image with the classic builder. @throws EngineError `image-failed` with the builder's words */
  async buildImage(context: Readable | Buffer, options: BuildOptions): Promise<void> {
    const {
      tag,
      buildargs = {},
      labels = {},
      networkmode,
      dockerfile,
      onLine = () => undefined,
      limitMs = IMAGE_MS,
      signal,
    } = options
    const query = {
      t: tag,
      buildargs: JSON.stringify(buildargs),
      labels: JSON.stringify(labels),
      networkmode,
      dockerfile,
      rm: true,
      forcerm: true,
    }
    await limited({ limitMs, doing: `building ${tag}`, ...(signal && { signal }) }, async (within) => {
      const stream = await this.send<Readable>({
        method: 'POST',
        path: '/build',
        query,
        file: context,
        doing: `building ${tag}`,
        limitMs,
        signal: within,
        stream: true,
      })
      await readProgress(stream, onLine)
    })
  }

  /** @throws EngineError `image-failed` when no registry has it or none answers */
  async pullImage(
    ref: string,
    {
      onLine = () => undefined,
      limitMs = IMAGE_MS,
      signal,
    }: { onLine?: LineListener; limitMs?: number; signal?: AbortSignal } = {},
  ): Promise<void> {
    await limited({ limitMs, doing: `pulling ${ref}`, ...(signal && { signal }) }, async (within) => {
      const stream = await this.send<Readable>({
        method: 'POST',
        path: '/images/create',
        query: { fromImage: ref },
        doing: `pulling ${ref}`,
        limitMs,
        signal: within,
        stream: true,
      })
      await readProgress(stream, onLine)
    })
  }

  /** The images as one tar stream, as `docker save` writes it. */
  async saveImages(refs: readonly string[]): Promise<Readable> {
    return await this.send({
      path: '/images/get',
      query: { names: refs },
      doing: 'saving images',
      limitMs: SLOW_MS,
      stream: true,
    })
  }

  async loadImages(tar: Readable): Promise<void> {
    const stream = await this.send<Readable>({
      method: 'POST',
      path: '/images/load',
      query: { quiet: true },
      file: tar,
      doing: 'loading images',
      limitMs: IMAGE_MS,
      stream: true,
    })
    await readProgress(stream, () => undefined)
  }

  /** Calls back for each event of the engine until the signal aborts or the engine ends the stream. */
  async watchEvents(watch: EventWatch): Promise<void> {
    await watchEvents(this, watch)
  }

  /** One request; `stream` answers with the body as it comes, `hijack` with the raw connection. */
  async send<T>(request: Request): Promise<T> {
    const { doing, limitMs = LIMIT_MS, signal } = request
    return await limited({ limitMs, doing, ...(signal && { signal }) }, (within) =>
      this.#dial<T>(request, within),
    )
  }

  async #unlessGone(request: Request): Promise<void> {
    await this.send(request).catch((error: unknown) => {
      if (!isEngineError(error, 'not-found')) throw error
    })
  }

  async #createExec(
    containerId: string,
    cmd: readonly string[],
    options: ExecOptions & { tty: boolean },
  ): Promise<string> {
    const { env = {}, cwd, user, stdin, tty, signal } = options
    const { Id } = await this.send<{ Id: string }>({
      method: 'POST',
      path: `/containers/${containerId}/exec`,
      body: {
        Cmd: cmd,
        Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
        WorkingDir: cwd,
        User: user,
        Tty: tty,
        AttachStdin: stdin !== undefined,
        AttachStdout: true,
        AttachStderr: true,
      },
      doing: `preparing to run ${cmd[0] ?? 'a command'}`,
      ...(signal && { signal }),
    })
    return Id
  }

  async #startExec(id: string, { tty, signal }: { tty: boolean; signal: AbortSignal }): Promise<Duplex> {
    return await this.send({
      method: 'POST',
      path: `/exec/${id}/start`,
      body: { Detach: false, Tty: tty },
      doing: 'starting a command',
      signal,
      hijack: true,
    })
  }

  async #dial<T>(
    { method = 'GET', path, query = {}, body = {}, file, doing, stream, hijack }: Request,
    signal: AbortSignal,
  ): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      const known = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
      const options = {
        // The modem appends the query to a path that has its question mark already.
        path: `${path}${path.includes('?') ? '&' : '?'}`,
        method,
        options: { _query: known, _body: body },
        file,
        // A stream lives longer than its call, so only the wait for its start is bound to the signal.
        abortSignal: stream || hijack ? undefined : signal,
        isStream: stream,
        hijack,
        openStdin: hijack,
        statusCodes: { 101: true, 200: true, 201: true, 204: true, 304: true },
      }
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      this.#docker.modem.dial(options as never, (error: unknown, answer: unknown) => {
        if (error) reject(toEngineError(error, doing))
        else resolve(answer as T)
      })
    })
  }
}

interface Limit {
  readonly limitMs: number
  readonly doing: string
  readonly signal?: AbortSignal
}

/** Gives the work a signal that aborts at the limit, and turns that into an `engine-timeout`. */
async function limited<T>(
  { limitMs, doing, signal }: Limit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController()
  const timer = setTimeout(() => own.abort(timeoutError(doing, limitMs)), limitMs)
  const cancel = () =>
    own.abort(
      signal?.reason instanceof EngineError
        ? signal.reason
        : new EngineError('cancelled', `Stopped ${doing}.`),
    )
  if (signal?.aborted) cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    own.signal.throwIfAborted()
    return await work(own.signal)
  } catch (error) {
    throw own.signal.aborted ? own.signal.reason : toEngineError(error, doing)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}
