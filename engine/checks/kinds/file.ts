/** The check `file`: looks at a file of the node, or of a container of it. */
import { z } from 'zod'
import { type Found, type Matcher, MatcherFile } from '../matchers'
import { missingFile, missingIn } from '../missing'
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

const FileParts = z.strictObject({
  content: MatcherFile.optional(),
  mode: MatcherFile.optional(),
  owner: MatcherFile.optional(),
  type: MatcherFile.optional(),
  size: MatcherFile.optional(),
})
type FileParts = z.infer<typeof FileParts>

const FileFile = CheckBase.extend({
  file: z.union([z.string(), z.strictObject({ path: z.string().min(1), in: z.string().optional() })]),
  expect: z.union([FileParts, MatcherFile]),
})
export type FileFile = z.infer<typeof FileFile>

/** A file by parts, or whether there is one at all. */
type FileExpected = FileParts | { readonly absent: boolean }

export interface FileCheck extends CheckCommon {
  readonly kind: 'file'
  readonly path: string
  /** The container that the file is in, or null for the node itself. */
  readonly in: string | null
  readonly expect: FileExpected
}

export const file: CheckKind<FileFile, FileCheck> = {
  schema: FileFile,
  toCheck,
  inspect,
  matchersOf: ({ expect }) => ('absent' in expect ? [] : wantedParts(expect).map(([, matcher]) => matcher)),
  flawsOf: noFlaws,
}

function toCheck({ file: subject, expect }: FileFile, common: CheckCommon): FileCheck {
  const { path, in: container = null } = typeof subject === 'string' ? { path: subject } : subject
  const keys = [...Object.keys(FileParts.shape), 'absent']
  const expected: FileExpected = byParts<FileParts>(expect, { keys, main: 'content' })
  return { ...common, kind: 'file', path, in: container, expect: expected }
}

function wantedParts(expect: FileParts): [keyof FileParts, Matcher][] {
  const names = Object.keys(expect) as (keyof FileParts)[]
  return names.flatMap((name) => {
    const matcher = expect[name]
    return matcher === undefined ? [] : [[name, matcher] as [keyof FileParts, Matcher]]
  })
}

const NOT_THERE = 44
/** Prints type, mode, owner and size, then the content of a file. */
const SCRIPT = `
[ -e "$1" ] || [ -L "$1" ] || exit ${NOT_THERE}
stat -c '%F|%a|%U|%s' "$1"
[ -f "$1" ] && head -c ${LARGEST_ANSWER} "$1"
true
`

async function inspect(check: FileCheck, target: CheckTarget, signal: AbortSignal): Promise<Part[]> {
  const { path, in: container, expect } = check
  const inner = ['sh', '-c', SCRIPT, 'sh', path]
  const cmd = container === null ? inner : ['docker', 'exec', container, ...inner]
  const { exitCode, stdout, stderr } = await target.exec(cmd, {
    limitMs: LOOK_LIMIT_MS,
    maxBytes: 2 * LARGEST_ANSWER,
    signal,
  })
  if (exitCode !== 0) {
    const found: Found =
      exitCode === NOT_THERE
        ? { kind: 'absent', message: `${path} does not exist`, missing: missingFile(path) }
        : { kind: 'error', message: stderr.trim(), missing: missingIn(stderr, target.name) }
    return [{ name: '', found, expect: wantedInsteadOfNothing(expect) }]
  }
  if ('absent' in expect) return [partOf(path, 'there', { absent: expect.absent })]
  return fileParts(stdout, expect)
}

function wantedInsteadOfNothing(expect: FileExpected): Matcher {
  if ('absent' in expect) return { absent: expect.absent }
  return wantedParts(expect)[0]?.[1] ?? { absent: false }
}

function fileParts(output: string, expect: FileParts): Part[] {
  const end = output.indexOf('\n')
  const [type = '', mode = '', owner = '', size = ''] = output.slice(0, end).split('|')
  const found: Readonly<Record<keyof FileParts, unknown>> = {
    content: output.slice(end + 1).replace(/\n$/, ''),
    mode: mode.padStart(4, '0'),
    owner,
    type: typeOf(type),
    size: Number(size),
  }
  return wantedParts(expect).map(([name, matcher]) =>
    partOf(name === 'content' ? '' : name, found[name], matcher),
  )
}

/** A type as labs write it, from the words of `stat`. */
function typeOf(words: string): string {
  if (words.includes('directory')) return 'directory'
  return words.includes('link') ? 'symlink' : 'file'
}
