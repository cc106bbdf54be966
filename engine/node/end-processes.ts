/** Ends what a student has started in a node, so that nothing is changed any more while the node is judged. */
import { stretched } from '../../shared/time-limits'
import type { LabNode } from './node'

/** The script looks again until it finds nothing, so that a process cannot escape by forking. */
const MOST_ROUNDS = 100
/** It ends by itself long before its limit, so that too many processes for all rounds are an answer, not a timeout. */
const MOST_SECONDS = 10
const LIMIT_MS = 20_000

/**
 * Everything goes that is not the engine, not a container, and not this script. Names prove nothing, so each is known
 * by its place: the engine is the oldest child of the first process, and what it started stays. The shims of containers
 * are children of the first process and run one certain file; what they started are the containers. Our own connection
 * to the engine is `nc`, started from outside of the node. Files in /proc are read without another process, because
 * that one would be found as well.
 */
const script = (mostSeconds: number) => `
shopt -s nullglob
shim=$(command -v containerd-shim-runc-v2) nc=$(readlink -f "$(command -v nc)")

# Sets parent and started for each process that still lives.
look() {
  parent=() started=()
  local directory text fields
  for directory in /proc/[0-9]*; do
    text=
    IFS= read -r -d '' text 2>/dev/null < "$directory/stat"
    [ -n "$text" ] || continue
    read -r -a fields <<< "\${text##*) }"
    [ "\${fields[0]}" = Z ] && continue
    parent[\${directory#/proc/}]=\${fields[1]} started[\${directory#/proc/}]=\${fields[19]}
  done
}

is_connection() {
  local words=() word
  [ "\${parent[$1]}" = 0 ] && [ "/proc/$1/exe" -ef "$nc" ] || return 1
  while IFS= read -r -d '' word; do words+=("$word"); done 2>/dev/null < "/proc/$1/cmdline"
  [ "\${words[*]:1}" = '-NU /var/run/docker.sock' ]
}

# Sets keep for the processes that stay.
choose() {
  local pid engine=
  keep=([1]=1 [$$]=1 [$PPID]=1)
  for pid in "\${!parent[@]}"; do
    [ "\${parent[$pid]}" = 1 ] || continue
    [ -z "$engine" ] || [ "\${started[$pid]}" -lt "\${started[$engine]}" ] && engine=$pid
  done
  [ -n "$engine" ] && keep[$engine]=1
  for pid in "\${!parent[@]}"; do
    [ "\${parent[$pid]}" = 1 ] && [ "/proc/$pid/exe" -ef "$shim" ] && keep[$pid]=1
    is_connection "$pid" && keep[$pid]=1
  done
}

stays() {
  local pid=$1
  while [ -z "\${keep[$pid]}" ]; do
    pid=\${parent[$pid]:-0}
    # The children of the first process stay only when they were chosen.
    [ "$pid" -gt 1 ] || return 1
  done
}

for ((round = 0; round < ${MOST_ROUNDS} && SECONDS < ${mostSeconds}; round++)); do
  look
  choose
  gone=()
  for pid in "\${!parent[@]}"; do stays "$pid" || gone+=("$pid"); done
  [ \${#gone[@]} = 0 ] && exit 0
  kill -STOP "\${gone[@]}" 2>/dev/null
  kill -KILL "\${gone[@]}" 2>/dev/null
done
exit 1
`

/**
 * Ends every process in the node that is not its engine or a container: shells, background jobs, and everything else
 * that a student has started. Containers go on.
 * @returns false when some were left, because they came again faster than they could be ended
 * @throws CapstanError `node-gone` for a node that does not run, in which nothing is left to end
 */
export async function endProcesses(node: Pick<LabNode, 'script'>): Promise<boolean> {
  const { exitCode } = await node.script(script(stretched(MOST_SECONDS)), { limitMs: LIMIT_MS })
  return exitCode === 0
}
