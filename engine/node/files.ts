/** Files in a node. Commands in the node reach them, so that mounts that the student has made are seen too. */
import { createHash, randomBytes } from 'node:crypto'
import { CapstanError } from '../../shared/errors'
import type { ExecOptions, ExecResult } from '../docker'

export interface FileEntry {
  readonly name: string
  readonly path: string
  readonly type: 'file' | 'directory' | 'symlink' | 'other'
  /** Bytes. */
  readonly size: number
}

export type Exec = (cmd: readonly string[], options?: ExecOptions) => Promise<ExecResult>

/** The exit code of the script that finds another version. */
const CHANGED = 93

const TYPES: Readonly<Record<string, FileEntry['type']>> = { f: 'file', d: 'directory', l: 'symlink' }

/** The version of a content. Two contents of one version are the same. */
export function versionOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Lists a folder: directories first, then by name. */
export async function listFiles(exec: Exec, path: string): Promise<FileEntry[]> {
  // %y type, %s size, %f name; NUL-separated, because a name may hold anything else.
  const format = '%y\\0%s\\0%f\\0'
  const script =
    '[ ! -e "$1" ] || [ -d "$1" ] || { echo "$1: Not a folder" >&2; exit 1; }; exec find -H "$1" -mindepth 1 -maxdepth 1 -printf "$2"'
  const result = await exec(['sh', '-c', script, 'sh', absolute(path), format])
  if (result.exitCode !== 0) throw fileError(path, result)
  const fields = result.stdout.split('\0')
  const entries: FileEntry[] = []
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [type = '', size = '0', name = ''] = fields.slice(at, at + 3)
    entries.push({
      name,
      path: `${path.replace(/\/$/, '')}/${name}`,
      type: TYPES[type] ?? 'other',
      size: Number(size),
    })
  }
  return entries.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

function rank(entry: FileEntry): number {
  return entry.type === 'directory' ? 0 : 1
}

/** @throws CapstanError `not-found`, or `bad-input` when the file is larger than `maxBytes` */
export async function readFile(
  exec: Exec,
  path: string,
  { maxBytes }: { maxBytes: number },
): Promise<Buffer> {
  // base64 keeps every byte, whatever the encoding of the file.
  const script = '[ -d "$1" ] && { echo "Is a directory" >&2; exit 1; }; head -c "$2" -- "$1" | base64 -w0'
  const result = await exec(
    ['bash', '-c', `set -o pipefail; ${script}`, 'sh', absolute(path), String(maxBytes + 1)],
    {
      maxBytes: 2 * maxBytes + 1024,
    },
  )
  if (result.exitCode !== 0) throw fileError(path, result)
  const content = Buffer.from(result.stdout, 'base64')
  if (content.length <= maxBytes) return content
  throw new CapstanError('bad-input', `${path} is larger than ${Math.round(maxBytes / 1024)} KiB.`, {
    help: 'Look at it in the terminal, with less or head.',
  })
}

export interface WriteOptions {
  readonly content: string | Buffer
  /** The file must be this version, or `none` when there must be none. Without it any file is replaced. */
  readonly version?: string | undefined
  /** Octal, such as "0755". Without it an existing file keeps its mode. */
  readonly mode?: string
}

/**
 * Replaces the file in one step: a reader sees the old or the new content, never half of it. A link stays a
 * link, and mode and owner stay what they were.
 * @throws CapstanError `file-changed` when the file is not of the version that was asked for
 */
export async function writeFile(
  exec: Exec,
  path: string,
  { content, mode, version }: WriteOptions,
): Promise<void> {
  const script = [
    'set -e',
    'mkdir -p -- "$(dirname -- "$1")"',
    'target=$(readlink -f -- "$1")',
    'temporary="$target.$2~"',
    'trap \'rm -f -- "$temporary"\' EXIT',
    'cat > "$temporary"',
    // When the app is killed, its connection ends early, and so does the content.
    '[ "$(wc -c < "$temporary")" -eq "$4" ]',
    'if [ -e "$target" ]; then chown --reference="$target" -- "$temporary"; chmod --reference="$target" -- "$temporary"; fi',
    'if [ -n "$3" ]; then chmod -- "$3" "$temporary"; fi',
    // The look and the change are not one step, but nothing that people do fits between them.
    'now=none; if [ -e "$target" ]; then now=$(sha256sum < "$target" | cut -c1-64); fi',
    `[ -z "$5" ] || [ "$5" = "$now" ] || exit ${CHANGED}`,
    'mv -fT -- "$temporary" "$target"',
  ].join('\n')
  const token = randomBytes(4).toString('hex')
  const length = String(Buffer.byteLength(content))
  const args = [absolute(path), token, mode ?? '', length, version ?? '']
  const result = await exec(['sh', '-c', script, 'sh', ...args], { stdin: content })
  if (result.exitCode === CHANGED) {
    throw new CapstanError('file-changed', `${path} was changed in the node since it was read.`, {
      help: 'Compare both, then keep one.',
    })
  }
  if (result.exitCode !== 0) throw fileError(path, result)
}

/** Paths go to commands as arguments, and a relative one could look like an option. */
export function absolute(path: string): string {
  if (path.startsWith('/') && !path.includes('\0')) return path
  throw new CapstanError('bad-input', `"${path}" is not a full path.`, { help: 'Begin it with "/".' })
}

export function fileError(path: string, { stderr }: ExecResult): CapstanError {
  if (/No such file/.test(stderr)) return new CapstanError('not-found', `${path} does not exist in the node.`)
  if (/No space left/.test(stderr)) {
    return new CapstanError('no-space', `${path} was not written: the disk is full.`, {
      help: 'Make room and save again.',
    })
  }
  const words =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^[^:]+: /, '') ?? 'unknown reason'
  return new CapstanError('bad-input', `${path}: ${words}`)
}
