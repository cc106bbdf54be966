/** Looks at a node for a check: the only place where checks touch anything. */
import { search } from '@jmespath-community/jmespath'
import { CapstanError, isCapstanError } from '../../shared/errors'
import type { ExecOptions, ExecResult } from '../docker'
import type { Check, Matcher } from '../labs'
import type { Part } from './judge'
import type { Found } from './matchers'

/** The parts of a lab node that checks use. */
export interface CheckTarget {
  readonly name: string
  readonly docker: { get<T>(path: string, limitMs?: number): Promise<T> }
  exec(cmd: readonly string[], options?: ExecOptions): Promise<ExecResult>
}

/** A look that takes longer than this tells so instead of holding up the others, in milliseconds. */
const LIMIT_MS = 5_000
const LARGEST = 256 * 1024

type Kind<K extends Check['kind']> = Extract<Check, { kind: K }>

/** What the check asks for, each part with what was found. @throws CapstanError when the node cannot be asked */
export async function inspect(check: Check, target: CheckTarget, signal: AbortSignal): Promise<Part[]> {
  switch (check.kind) {
    case 'query':
      return await inspectQuery(check, target)
    case 'exec':
      return await inspectExec(check, target, signal)
    case 'http':
      return await inspectHttp(check, target, signal)
    case 'file':
      return await inspectFile(check, target, signal)
  }
}

async function inspectQuery(check: Kind<'query'>, target: CheckTarget): Promise<Part[]> {
  return [{ name: '', found: await queryFound(check, target), expect: check.expect }]
}

async function queryFound({ api, select }: Kind<'query'>, target: CheckTarget): Promise<Found> {
  try {
    const answer = await target.docker.get<unknown>(api, LIMIT_MS)
    return value(select === null ? answer : search(answer as never, select))
  } catch (error) {
    if (isCapstanError(error, 'not-found')) return { kind: 'absent', message: error.message }
    if (isCapstanError(error, 'engine-refused')) return { kind: 'error', message: error.message }
    throw error
  }
}

async function inspectExec(check: Kind<'exec'>, target: CheckTarget, signal: AbortSignal): Promise<Part[]> {
  const { run, in: container, user, shell, expect } = check
  const inner =
    container === null
      ? [shell, '-c', run]
      : ['docker', 'exec', ...(user ? ['--user', user] : []), container, 'sh', '-c', run]
  const result = await target.exec(inner, {
    limitMs: LIMIT_MS,
    maxBytes: LARGEST,
    signal,
    ...(user && container === null && { user }),
  })
  const words = result.stderr.trim() || result.stdout.trim()
  const parts: Part[] = []
  const exit = expect.exit ?? 0
  parts.push({
    name: 'exit code',
    found:
      result.exitCode === 0 || expect.exit !== undefined || !words
        ? value(result.exitCode)
        : { kind: 'error', message: words.split('\n').at(-1) ?? words },
    expect: exit,
  })
  if (expect.stdout !== undefined)
    parts.push({ name: '', found: value(result.stdout.trim()), expect: expect.stdout })
  if (expect.stderr !== undefined)
    parts.push({ name: 'stderr', found: value(result.stderr.trim()), expect: expect.stderr })
  return parts
}

/** Between body and figures; the answer's own text comes before it. */
const MARK = '\n--capstan--'

async function inspectHttp(check: Kind<'http'>, target: CheckTarget, signal: AbortSignal): Promise<Part[]> {
  const { url, method, headers, in: container, expect } = check
  const curl = [
    ...['curl', '--silent', '--show-error', '--max-time', '3', '--request', method],
    ...Object.entries(headers).flatMap(([name, text]) => ['--header', `${name}: ${text}`]),
    ...['--write-out', `${MARK}%{http_code}\n%{header_json}`, '--', url],
  ]
  // Containers have no curl: the node's own goes into the container's network.
  const inContainer =
    'pid=$(docker inspect --format "{{.State.Pid}}" "$1") && shift && exec nsenter --net --target "$pid" "$@"'
  const cmd = container === null ? curl : ['sh', '-c', inContainer, 'sh', container, ...curl]
  const result = await target.exec(cmd, { limitMs: LIMIT_MS, maxBytes: LARGEST, signal })
  if (result.exitCode !== 0) {
    const message = result.stderr.trim().replace(/^curl: \(\d+\) /, '') || 'no answer'
    return [{ name: '', found: { kind: 'error', message }, expect: errorExpected(expect) }]
  }
  return answerParts(result.stdout, expect)
}

function errorExpected(expect: Kind<'http'>['expect']): Matcher {
  if ('error' in expect) return { error: expect.error }
  return expect.status ?? expect.body ?? '/^2/'
}

function answerParts(output: string, expect: Kind<'http'>['expect']): Part[] {
  const at = output.lastIndexOf(MARK)
  const body = output.slice(0, at)
  const [status = '', ...rest] = output.slice(at + MARK.length).split('\n')
  if ('error' in expect)
    return [{ name: 'status', found: value(Number(status)), expect: { error: expect.error } }]
  const parts: Part[] = [{ name: 'status', found: value(Number(status)), expect: expect.status ?? '/^2/' }]
  if (expect.body !== undefined) parts.push({ name: '', found: value(body), expect: expect.body })
  const headers = expect.headers ? (JSON.parse(rest.join('\n')) as Record<string, string[]>) : {}
  for (const [name, matcher] of Object.entries(expect.headers ?? {})) {
    parts.push({
      name: `header ${name}:`,
      found: value(headers[name.toLowerCase()]?.join(', ') ?? null),
      expect: matcher,
    })
  }
  return parts
}

/** Prints type, mode, owner and size, then the content of a file; exit code 44 when there is nothing. */
const FILE_SCRIPT = `
[ -e "$1" ] || [ -L "$1" ] || exit 44
stat -c '%F|%a|%U|%s' "$1"
[ -f "$1" ] && head -c 262144 "$1"
true
`
const NOT_THERE = 44

async function inspectFile(check: Kind<'file'>, target: CheckTarget, signal: AbortSignal): Promise<Part[]> {
  const { path, in: container, expect } = check
  const inner = ['sh', '-c', FILE_SCRIPT, 'sh', path]
  const cmd = container === null ? inner : ['docker', 'exec', container, ...inner]
  const result = await target.exec(cmd, { limitMs: LIMIT_MS, maxBytes: 2 * LARGEST, signal })
  if (result.exitCode === NOT_THERE) {
    const found: Found = { kind: 'absent', message: `${path} does not exist` }
    return [
      {
        name: '',
        found,
        expect:
          'absent' in expect ? { absent: expect.absent } : (Object.values(expect)[0] ?? { absent: false }),
      },
    ]
  }
  if (result.exitCode !== 0) {
    return [{ name: '', found: { kind: 'error', message: result.stderr.trim() }, expect: { absent: false } }]
  }
  if ('absent' in expect) return [{ name: path, found: value('there'), expect: { absent: expect.absent } }]
  return fileParts(result.stdout, expect)
}

function fileParts(output: string, expect: Exclude<Kind<'file'>['expect'], { absent: boolean }>): Part[] {
  const end = output.indexOf('\n')
  const [type = '', mode = '', owner = '', size = ''] = output.slice(0, end).split('|')
  const found: Readonly<Record<string, unknown>> = {
    content: output.slice(end + 1).replace(/\n$/, ''),
    mode: mode.padStart(4, '0'),
    owner,
    type: type.includes('directory') ? 'directory' : type.includes('link') ? 'symlink' : 'file',
    size: Number(size),
  }
  return Object.entries(expect)
    .filter(([, matcher]) => matcher !== undefined)
    .map(([name, matcher]) => ({
      name: name === 'content' ? '' : name,
      found: value(found[name]),
      expect: matcher as Matcher,
    }))
}

function value(found: unknown): Found {
  return { kind: 'value', value: found }
}

/** Why a look failed, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof CapstanError) return error.help ? `${error.message} ${error.help}` : error.message
  return error instanceof Error ? error.message : String(error)
}
