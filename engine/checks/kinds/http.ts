/** The check `http`: asks an address, as seen from the node or from a container of it. */
import { z } from 'zod'
import { stretched } from '../../../shared/time-limits'
import { type Matcher, MatcherFile } from '../matchers'
import { missingAnswer, missingIn } from '../missing'
import {
  byParts,
  CheckBase,
  type CheckCommon,
  type CheckKind,
  type CheckTarget,
  LARGEST_ANSWER,
  LOOK_LIMIT_MS,
  noFlaws,
  type Part,
  partOf,
} from './kind'

const HttpParts = z.strictObject({
  status: MatcherFile.optional(),
  body: MatcherFile.optional(),
  headers: z.record(z.string(), MatcherFile).optional(),
})
type HttpParts = z.infer<typeof HttpParts>

const HttpFile = CheckBase.extend({
  http: z.union([
    z.string(),
    z.strictObject({
      url: z.string(),
      method: z.string().default('GET'),
      headers: z.record(z.string(), z.string()).default({}),
      in: z.string().optional(),
    }),
  ]),
  expect: z.union([HttpParts, MatcherFile]).optional(),
})
export type HttpFile = z.infer<typeof HttpFile>

/** An answer by parts, or an error instead of an answer. */
type HttpExpected = HttpParts | { readonly error: Matcher }

export interface HttpCheck extends CheckCommon {
  readonly kind: 'http'
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** The container whose network is used, or null for the node's own. */
  readonly in: string | null
  readonly expect: HttpExpected
}

export const http: CheckKind<HttpFile, HttpCheck> = {
  schema: HttpFile,
  toCheck,
  inspect,
  matchersOf,
  flawsOf: noFlaws,
}

/** A status that the check is green with when it does not say which it wants. */
const SUCCESS = '/^2/'

function toCheck({ http: subject, expect }: HttpFile, common: CheckCommon): HttpCheck {
  const {
    url,
    method = 'GET',
    headers = {},
    in: container = null,
  } = typeof subject === 'string' ? { url: subject } : subject
  const keys = [...Object.keys(HttpParts.shape), 'error']
  const expected: HttpExpected = byParts<HttpParts>(expect, { keys, main: 'body' })
  return { ...common, kind: 'http', url, method, headers, in: container, expect: expected }
}

function matchersOf({ expect }: HttpCheck): Matcher[] {
  if ('error' in expect) return [expect.error]
  const matchers = [expect.status, expect.body, ...Object.values(expect.headers ?? {})]
  return matchers.filter((matcher) => matcher !== undefined)
}

/** Within the limit of a look, so that curl can say what it waited for. */
const ANSWER_SECONDS = 3
/** Between body and figures; the answer's own text comes before it. */
const MARK = '\n--capstan--'

async function inspect(check: HttpCheck, target: CheckTarget, signal: AbortSignal): Promise<Part[]> {
  const { expect } = check
  const result = await target.exec(commandOf(check), {
    limitMs: LOOK_LIMIT_MS,
    maxBytes: LARGEST_ANSWER,
    signal,
  })
  if (result.exitCode !== 0) {
    const message = result.stderr.trim().replace(/^curl: \(\d+\) /, '') || 'no answer'
    const noAnswer = NO_ANSWER.includes(result.exitCode) ? missingAnswer(check.url) : undefined
    return errorPart({ message, missing: missingIn(result.stderr, target.name) ?? noAnswer }, expect)
  }
  const at = result.stdout.lastIndexOf(MARK)
  // The end of a large answer is cut off, and the figures with it.
  if (at === -1)
    return errorPart({ message: `the answer is larger than ${LARGEST_ANSWER / 1024} KiB` }, expect)
  const body = result.stdout.slice(0, at)
  return answerParts(body, result.stdout.slice(at + MARK.length), expect)
}

/** Exit codes of curl when nobody is there, or nobody who says a word: name, connection, time, empty, reset. */
const NO_ANSWER: readonly number[] = [6, 7, 28, 52, 56]

interface Failure {
  readonly message: string
  readonly missing?: string | undefined
}

function errorPart(failure: Failure, expect: HttpExpected): Part[] {
  const wanted = wantedInsteadOfError(expect)
  return [{ name: '', found: { kind: 'error', ...failure }, expect: wanted, ...wordsOf(wanted) }]
}

/** A pattern says nothing to a student, not even our own. */
function wordsOf(wanted: Matcher): Pick<Part, 'words'> {
  return wanted === SUCCESS ? { words: 'an answer with a status of success' } : {}
}

/** Containers have no curl, so the node's own runs in the container's network. */
const IN_CONTAINER =
  'pid=$(docker inspect --type container --format "{{.State.Pid}}" "$1") || exit 1; ' +
  '[ "$pid" != 0 ] || { echo "container $1 is not running" >&2; exit 1; }; ' +
  'shift; exec nsenter --net --target "$pid" "$@"'

function commandOf({ url, method, headers, in: container }: HttpCheck): string[] {
  const curl = [
    ...['curl', '--silent', '--show-error', '--max-time', String(stretched(ANSWER_SECONDS))],
    ...['--request', method],
    ...Object.entries(headers).flatMap(([name, text]) => ['--header', `${name}: ${text}`]),
    ...['--write-out', `${MARK}%{http_code}\n%{header_json}`, '--', url],
  ]
  return container === null ? curl : ['sh', '-c', IN_CONTAINER, 'sh', container, ...curl]
}

function wantedInsteadOfError(expect: HttpExpected): Matcher {
  if ('error' in expect) return { error: expect.error }
  return expect.status ?? expect.body ?? SUCCESS
}

/** @param figures the status, and the headers as JSON on the lines after it */
function answerParts(body: string, figures: string, expect: HttpExpected): Part[] {
  const [status = '', ...rest] = figures.split('\n')
  if ('error' in expect) return [partOf('status', Number(status), { error: expect.error })]
  const wantedStatus = expect.status ?? SUCCESS
  const parts: Part[] = [{ ...partOf('status', Number(status), wantedStatus), ...wordsOf(wantedStatus) }]
  if (expect.body !== undefined) parts.push(partOf('', body, expect.body))
  const wanted = Object.entries(expect.headers ?? {})
  const headers: Headers = wanted.length > 0 ? JSON.parse(rest.join('\n')) : {}
  for (const [name, matcher] of wanted) {
    parts.push(partOf(`header ${name}:`, headers[name.toLowerCase()]?.join(', ') ?? null, matcher))
  }
  return parts
}

/** Headers as curl prints them: names in lower case, each with all of its values. */
type Headers = Readonly<Record<string, readonly string[]>>
