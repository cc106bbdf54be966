/** Commands in the containers of one engine: run to their end, with a terminal, or as a pipe. */
import type { Duplex } from 'node:stream'
import { isCapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import { Created, ExecState } from './answers'
import { type EngineConnection, LIMIT_MS } from './connection'
import { noKeysError } from './failures'
import { limited } from './limit'
import { collectOutput, type ExecOptions, type ExecResult } from './output'
import { CommandPipe } from './pipe'
import type { Request } from './request'

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

/** The exit code of a command that the engine could not run. Its words about that are in the output. */
const NOT_RUN = 126

/** Milliseconds between two tries of the first resize. */
const RESIZE_AGAIN_MS = 20

export class Execs {
  readonly #connection: EngineConnection

  constructor(connection: EngineConnection) {
    this.#connection = connection
  }

  /**
   * Runs a command in a container and waits for its end.
   * Output beyond `maxBytes` is cut off. At the limit the caller gets an error, but the command goes on: the
   * engine has no call that ends an exec.
   */
  async run(containerId: string, cmd: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const { limitMs = LIMIT_MS, signal, stdin } = options
    const doing = `running ${cmd[0] ?? 'a command'}`
    return await limited({ limitMs, doing, signal }, async (within) => {
      const id = await this.#create(containerId, cmd, { ...options, tty: false, signal: within })
      const socket = await this.#start(id, { tty: false, signal: within })
      if (stdin !== undefined) socket.end(stdin)
      const output = await collectOutput(socket, options)
      const asked = { path: `/exec/${id}/json`, doing, signal: within }
      const { ExitCode } = await this.#connection.ask(asked, ExecState)
      const refusal = ExitCode === NOT_RUN ? noKeysError(output.output, { doing }) : null
      if (refusal) throw refusal
      return { exitCode: ExitCode ?? -1, stdout: output.stdout, stderr: output.stderr }
    })
  }

  /** Starts a command with a terminal of its own. The command outlives its connection: end it before you close that. */
  async openTty(containerId: string, options: TtyOptions): Promise<Tty> {
    const { cmd, cols, rows } = options
    return await limited({ limitMs: LIMIT_MS, doing: 'opening a terminal' }, async (signal) => {
      const execId = await this.#create(containerId, cmd, { ...options, tty: true, stdin: '', signal })
      const stream = await this.#start(execId, { tty: true, signal })
      const resize = async (w: number, h: number): Promise<void> => {
        const doing = 'resizing a terminal'
        await this.#connection.send({
          method: 'POST',
          path: `/exec/${execId}/resize`,
          query: { w, h },
          doing,
        })
      }
      await firstResize(() => resize(cols, rows), signal)
      return {
        stream,
        execId,
        resize,
        exitCode: async () => {
          const asked = { path: `/exec/${execId}/json`, doing: "asking for a command's exit code" }
          const { Running, ExitCode } = await this.#connection.ask(asked, ExecState)
          return Running ? null : (ExitCode ?? -1)
        },
      }
    })
  }

  /** Starts a command. @returns its stdin and stdout as a duplex, whose error holds what it wrote to stderr */
  async openPipe(containerId: string, cmd: readonly string[]): Promise<Duplex> {
    return await limited({ limitMs: LIMIT_MS, doing: `opening ${cmd.join(' ')}` }, async (signal) => {
      const execId = await this.#create(containerId, cmd, { tty: false, stdin: '', signal })
      return new CommandPipe(await this.#start(execId, { tty: false, signal }))
    })
  }

  async #create(
    containerId: string,
    cmd: readonly string[],
    options: ExecOptions & { tty: boolean },
  ): Promise<string> {
    const { env = {}, cwd, user, stdin, tty, signal } = options
    const request: Request = {
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
    }
    return (await this.#connection.ask(request, Created)).Id
  }

  async #start(id: string, { tty, signal }: { tty: boolean; signal: AbortSignal }): Promise<Duplex> {
    return await this.#connection.hijack({
      method: 'POST',
      path: `/exec/${id}/start`,
      body: { Detach: false, Tty: tty },
      doing: 'starting a command',
      signal,
    })
  }
}

/**
 * The engine hands over the connection before the process is there, and until then it answers a resize with a 500.
 * Any other failure means that the process has ended already and needs no size.
 */
async function firstResize(resize: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const isTooEarly = (error: unknown) => isCapstanError(error, 'engine-refused') && error.status === 500
  await until(
    () =>
      resize().then(
        () => true,
        (error: unknown) => !isTooEarly(error),
      ),
    { limitMs: LIMIT_MS, everyMs: RESIZE_AGAIN_MS, signal },
  )
}
