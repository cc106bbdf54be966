/** A bash in a lab node, over the outer engine's API. */
import type { Tty } from '../docker'
import type { LabNode } from '../node'
import type { Shell, TerminalSize } from './shell'

const RC_FILE = '/opt/capstan/bashrc'
/** Each shell leaves its session id here, so that closing the terminal can end all of the session. */
const SESSION_FILES = '/run/capstan/terminals'

const START = `mkdir -p ${SESSION_FILES} && echo $$ > ${SESSION_FILES}/$CAPSTAN_TERMINAL && exec bash --rcfile ${RC_FILE} -i`

/**
 * Ends the sessions named by the files given: hangs up like a closing terminal, and kills what is still there
 * after half a second. A session whose leader belongs to another terminal has taken over the number.
 */
const END = `
for file in "$@"; do
  sid=$(cat "$file" 2>/dev/null) || continue
  rm -f "$file"
  if [ -e "/proc/$sid" ]; then
    tr '\\0' '\\n' < "/proc/$sid/environ" 2>/dev/null | grep -qx "CAPSTAN_TERMINAL=\${file##*/}" || continue
  fi
  pkill -HUP -s "$sid" || continue
  for turn in $(seq 25); do pgrep -s "$sid" >/dev/null || break; sleep 0.02; done
  pkill -KILL -s "$sid"
done
exit 0
`

export interface NodeShellOptions extends TerminalSize {
  readonly id: string
  readonly cwd: string
}

export async function openNodeShell(
  node: LabNode,
  { id, cwd, cols, rows }: NodeShellOptions,
): Promise<Shell> {
  const tty = await node.outer.execs.openTty(node.containerId, {
    cmd: ['sh', '-c', START],
    env: {
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      LANG: 'C.UTF-8',
      HOME: '/root',
      CAPSTAN_TERMINAL: id,
    },
    cwd,
    cols,
    rows,
  })
  const { stream } = tty
  const file = `${SESSION_FILES}/${id}`
  const ended = new Promise<void>((resolve) => {
    stream.once('close', resolve)
    stream.once('end', resolve)
    stream.once('error', () => resolve())
  })
  return {
    onData: (listener) => void stream.on('data', listener),
    write: (data) => void (stream.writable && stream.write(data)),
    // A shell that has just ended has no size any more.
    resize: async ({ cols: width, rows: height }) => await tty.resize(width, height).catch(() => undefined),
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    ended: ended.then(() => exitCode(tty)),
    kill: async () => {
      // In a node that has stopped there is nothing to end.
      await node.exec(['bash', '-c', END, 'bash', file]).catch(() => undefined)
      stream.destroy()
    },
  }
}

/** Ends the shells that an app which was killed has left in a node: nobody can get back to them. */
export async function endStrayShells(node: LabNode): Promise<void> {
  const all = `shopt -s nullglob; set -- ${SESSION_FILES}/*; ${END}`
  await node.exec(['bash', '-c', all])
}

/** The engine may take a moment to notice the end that the stream has told already. */
async function exitCode(tty: Tty): Promise<number> {
  for (let turn = 0; turn < 20; turn++) {
    const code = await tty.exitCode().catch(() => -1)
    if (code !== null) return code
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return -1
}
