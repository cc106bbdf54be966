/** The kinds of checks: how each is written in a file, and how each looks at a node. */
import { z } from 'zod'
import type { Matcher } from '../matchers'
import { type ExecCheck, type ExecFile, exec } from './exec'
import { type FileCheck, type FileFile, file } from './file'
import { type HttpCheck, type HttpFile, http } from './http'
import type { CheckCommon, CheckFlaw, CheckKind, CheckTarget, Part } from './kind'
import { type QueryCheck, type QueryFile, query } from './query'

export { ExecExpect, execExpected, execParts } from './exec'
export { type CheckCommon, type CheckFlaw, type CheckTarget, Name, type Part } from './kind'

/** The form of each kind in a file. A file says which kind it is by the key of the kind's name. */
interface Files {
  readonly query: QueryFile
  readonly exec: ExecFile
  readonly http: HttpFile
  readonly file: FileFile
}

/** The loaded form of each kind. */
interface Checks {
  readonly query: QueryCheck
  readonly exec: ExecCheck
  readonly http: HttpCheck
  readonly file: FileCheck
}

type KindName = keyof Checks
type Of<K extends KindName = KindName> = { [N in K]: Checks[N] & { readonly kind: N } }[K]

/** Every kind of check. The compiler refuses the list when one of them is missing. */
const KINDS: { readonly [N in KindName]: CheckKind<Files[N], Checks[N]> } = { query, exec, http, file }

export type Check = Checks[KindName]
export type CheckFile = Files[KindName]
/** The schema of a check in a file. */
export const CheckFile: z.ZodType<CheckFile> = z.union(Object.values(KINDS).map(({ schema }) => schema))

/**
 * Loads a check: writes out its short forms and fills in its defaults.
 * @param on the node that the check looks at
 */
export function toCheck(file: CheckFile, on: string): Check {
  const { name, within, explain = null, missing = null, expected = null, secret, guard, points } = file
  return convert(formOf(file), { name, on, within, explain, missing, expected, secret, guard, points })
}

/** A check in a file, with the name of its kind. */
type Form<K extends KindName = KindName> = {
  [N in K]: { readonly kind: N; readonly file: Files[N] }
}[K]

function formOf(file: CheckFile): Form {
  const kind = Object.keys(KINDS).find((name) => name in file)
  // The schema has made sure that the file has the key of exactly one kind.
  return { kind, file } as Form
}

function convert<K extends KindName>({ kind, file }: Form<K>, common: CheckCommon): Checks[K] {
  return KINDS[kind].toCheck(file, common)
}

/**
 * Looks at the node for a check.
 * @throws CapstanError when the node cannot be asked
 */
export async function inspect<K extends KindName>(
  check: Of<K>,
  target: CheckTarget,
  signal: AbortSignal,
): Promise<Part[]> {
  return await KINDS[check.kind].inspect(check, target, signal)
}

/** Lists every matcher of the check's expectation. */
export function matchersOf<K extends KindName>(check: Of<K>): Matcher[] {
  return KINDS[check.kind].matchersOf(check)
}

/** Finds what the check's schema cannot see, apart from its matchers. */
export function flawsOf<K extends KindName>(check: Of<K>): CheckFlaw[] {
  return KINDS[check.kind].flawsOf(check)
}
