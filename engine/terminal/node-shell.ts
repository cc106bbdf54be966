/** A bash in a lab node, over the outer engine's API. */
import { until } from '../../shared/system/wait'
import { stretched } from '../../shared/time-limits'
import type { DockerClient, Tty } from '../docker'
import type { LabNode } from '../node'
import type { Shell, TerminalSize } from './shell'

/** The parts of a lab node that a terminal uses. */
export type TerminalNode = Pick<LabNode, 'name' | 'containerId' | 'exec'> & {
  readonly outer: { readonly execs: Pick<DockerClient['execs'], 'openTty'> }
}

const RC_FILE = '/opt/capstan/bashrc'
/** Each shell leaves its session id here, so that closing the terminal can end all of the session. */
const SESSION_FILES = '/run/capstan/terminals'

const START = `mkdir -p ${SESSION_FILES} && echo $$ > ${SESSION_FILES}/$CAPSTAN_TERMINAL && exec bash --rcfile ${RC_FILE} -i`

/**
 * Ends the sessions named by the files given. It hangs up as a closing terminal does, and kills what is still
 * there after half a second. When the leader belongs to another terminal, the session number has been reused,
 * and that session is left alone.
 */
const end = () => `
for file in "$@"; do
  sid=$(cat "$file" 2>/dev/null) || continue
  rm -f "$file"
  if [ -e "/proc/$sid" ]; then
    tr '\\0' '\\n' < "/proc/$sid/environ" 2>/dev/null | grep -qx "CAPSTAN_TERMINAL=\${file##*/}" || continue
  fi
  pkill -HUP -s "$sid" || continue
  for turn in $(seq ${stretched(HANG_UP_TURNS)}); do pgrep -s "$sid" >/dev/null || break; sleep 0.02; done
  pkill -KILL -s "$sid"
done
exit 0
`

/** Turns of 20 ms: half a second. */
const HANG_UP_TURNS = 25
/** The exit code of a shell whose end cannot be asked for. */
const UNKNOWN_EXIT = -1
const EXIT_LIMIT_MS = 500
const EXIT_AGAIN_MS = 25

export interface NodeShellOptions extends TerminalSize {
  readonly id: string
  readonly cwd: string
}

export async function openNodeShell(
  node: TerminalNode,
  { id, cwd, cols, rows }: NodeShellOptions,
): Promise<Shell> {
  const env = {
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    HOME: '/root',
    CAPSTAN_TERMINAL: id,
  }
  const cmd = ['sh', '-c', START]
  const tty = await node.outer.execs.openTty(node.containerId, { cmd, env, cwd, cols, rows })
  const { stream } = tty
  return {
    onData: (listener) => void stream.on('data', listener),
    write: (data) => void (stream.writable && stream.write(data)),
    // The engine refuses a size for a shell that has just ended; the shell does not need one.
    resize: async ({ cols: width, rows: height }) => await tty.resize(width, height).catch(() => undefined),
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    ended: streamEnd(tty).then(() => exitCode(tty)),
    kill: async () => {
      // The command fails in a node that has stopped, and there is nothing to end in it.
      await node.exec(['bash', '-c', end(), 'bash', `${SESSION_FILES}/${id}`]).catch(() => undefined)
      stream.destroy()
    },
  }
}

/** Ends the shells that a killed app has left in a node: nobody can get back to them. */
export async function endStrayShells(node: Pick<LabNode, 'exec'>): Promise<void> {
  const all = `shopt -s nullglob; set -- ${SESSION_FILES}/*; ${end()}`
  await node.exec(['bash', '-c', all])
}

async function streamEnd({ stream }: Tty): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.once('close', resolve)
    stream.once('end', resolve)
    stream.once('error', () => resolve())
  })
}

/** The engine may notice the end a moment after the stream has closed. */
async function exitCode(tty: Tty): Promise<number> {
  const code = await until(() => tty.exitCode().catch(() => UNKNOWN_EXIT), {
    isDone: (answer) => answer !== null,
    limitMs: EXIT_LIMIT_MS,
    everyMs: EXIT_AGAIN_MS,
  })
  return code ?? UNKNOWN_EXIT
}
