/** What else is done to files in a node: renamed, deleted, made as folders, moved in and out in parts, watched. */
import { CapstanError } from '../../shared/errors'
import { absolute, type Exec, fileError } from './files'

export type FileChange =
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }

/** Without these a node does not run, so nothing of them is renamed or deleted as a whole. */
const KEPT = /^\/+(?:(?:bin|boot|dev|etc|lib|lib64|opt|proc|root|run|sbin|sys|tmp|usr|var)\/*)?$/

/** @throws CapstanError `bad-input`, `not-found`, or what the node says */
export async function changeFile(exec: Exec, change: FileChange): Promise<void> {
  const path = absolute(change.path)
  if (change.kind !== 'folder') refuseKept(path)
  const cmd = {
    rename: () => ['mv', '-nT', '--', path, absolute(change.kind === 'rename' ? change.to : '')],
    remove: () => ['rm', '-rf', '--', path],
    folder: () => ['mkdir', '-p', '--', path],
  }[change.kind]()
  // `mv -n` says nothing when it leaves a file that has the new name.
  if (change.kind === 'rename' && (await exec(['test', '-e', change.to])).exitCode === 0) {
    throw new CapstanError('bad-input', `${change.to} exists already.`, { help: 'Choose another name.' })
  }
  const result = await exec(cmd)
  if (result.exitCode !== 0) throw fileError(change.path, result)
}

function refuseKept(path: string): void {
  if (!KEPT.test(path)) return
  throw new CapstanError('bad-input', `${path} belongs to the node, which does not run without it.`)
}

/** A short text that is another one when a file in one of the folders was added, removed or written. */
export async function stampOf(exec: Exec, folders: readonly string[]): Promise<string> {
  const script = 'find -H "$@" -maxdepth 1 -printf "%p %y %s %T@\\0" 2>/dev/null | sha256sum'
  const { stdout } = await exec(['sh', '-c', script, 'sh', ...folders.map(absolute)])
  return stdout.slice(0, 64)
}

export interface Part {
  readonly offset: number
  readonly length: number
}

/** A part of a file, as it is. It is shorter at the end of the file. @throws CapstanError `not-found` */
export async function readPart(exec: Exec, path: string, { offset, length }: Part): Promise<Buffer> {
  const script =
    '[ -d "$1" ] && { echo "Is a directory" >&2; exit 1; }; tail -c "+$2" -- "$1" | head -c "$3" | base64 -w0'
  const args = [absolute(path), String(offset + 1), String(length)]
  // `tail` ends early when `head` has enough.
  const result = await exec(['bash', '-c', script, 'sh', ...args], { maxBytes: 2 * length + 1024 })
  if (result.stderr.trim() || result.exitCode !== 0) throw fileError(path, result)
  return Buffer.from(result.stdout, 'base64')
}

export interface NewPart {
  readonly offset: number
  readonly content: Buffer
  /** It is the last one: the file takes its name. */
  readonly isLast: boolean
}

/**
 * Writes a part of a new file. The parts go beside it, and it appears as a whole with the last one.
 * @throws CapstanError `bad-input` for a part that does not follow the last one, and when there is such a file
 */
export async function writePart(
  exec: Exec,
  path: string,
  { offset, content, isLast }: NewPart,
): Promise<void> {
  const script = [
    'set -e',
    '[ ! -e "$1" ] || { echo "$1: It exists already" >&2; exit 1; }',
    'parts="$1.upload~"',
    '[ "$2" -gt 0 ] || { mkdir -p -- "$(dirname -- "$1")"; : > "$parts"; }',
    '[ "$(wc -c < "$parts")" -eq "$2" ] || { echo "$1: A part is missing" >&2; exit 1; }',
    'cat >> "$parts"',
    '[ "$(wc -c < "$parts")" -eq "$3" ] || { echo "$1: A part came incomplete" >&2; exit 1; }',
    'if [ -n "$4" ]; then mv -T -- "$parts" "$1"; fi',
  ].join('\n')
  const args = [absolute(path), String(offset), String(offset + content.length), isLast ? 'last' : '']
  const result = await exec(['sh', '-c', script, 'sh', ...args], { stdin: content })
  if (result.exitCode !== 0) throw fileError(path, result)
}
