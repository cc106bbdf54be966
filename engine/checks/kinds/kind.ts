/** The part that all checks share, and the record that each kind of check must have. */
import { z } from 'zod'
import type { Place } from '../../../shared/files'
import type { ExecOptions, ExecResult, Json } from '../../docker'
import { Duration } from '../duration'
import { asValue, type Found, type Matcher } from '../matchers'

/** A node's name: part of host names, so it is kept short and plain. */
export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'use lower-case letters, digits and hyphens, starting with a letter')

/** The keys that every check has in a file. */
export const CheckBase = z.strictObject({
  name: z
    .string()
    .regex(/^[^\n\t]*$/, 'write it in one line')
    .min(3),
  /** The node that the check looks at; the lab's first node when left out. */
  on: Name.optional(),
  /** How long the proof waits for green. */
  within: Duration.default(5_000),
  /** The sentence that the student reads while the check is red; {actual}, {expected} and {name} are filled in. */
  explain: z.string().optional(),
  /** The sentence that the student reads while the thing that the check asks about is not there at all. */
  missing: z.string().optional(),
  /** What is expected, in words, where the expectation itself says nothing to a student. */
  expected: z.string().optional(),
  /** The student has to find it out: what is expected is not shown before the check is green or the solution is. */
  secret: z.boolean().default(false),
  /** Green from the start, and must stay green. */
  guard: z.boolean().default(false),
  /** The points that the check gives when a task is graded. A broken guard takes as many off. */
  points: z.number().int().min(1).max(100).default(1),
})

/** The part of a check that does not depend on its kind. */
export interface CheckCommon {
  readonly name: string
  /** The node that the check looks at. */
  readonly on: string
  /** Milliseconds that the proof waits for green. */
  readonly within: number
  readonly explain: string | null
  readonly missing: string | null
  readonly expected: string | null
  readonly secret: boolean
  readonly guard: boolean
  readonly points: number
}

/** The parts of a lab node that checks use. */
export interface CheckTarget {
  readonly name: string
  readonly docker: { get(path: string, limitMs?: number): Promise<Json> }
  exec(cmd: readonly string[], options?: ExecOptions): Promise<ExecResult>
}

/** One part of a finding, such as the status of an answer, with the value that it should have. */
export interface Part {
  /** Goes before the value when there are several parts: "status 404". Empty for the main part. */
  readonly name: string
  readonly found: Found
  readonly expect: Matcher
  /** What is expected, in words that say more than the matcher; empty when there is nothing worth to say. */
  readonly words?: string
}

/** Something in a check that its schema cannot see. */
export interface CheckFlaw {
  /** Keys from the check to the value that is wrong. */
  readonly place: Place
  readonly message: string
  readonly help: string
}

/** All that Capstan knows about one kind of check, whose form in a file is `F` and whose loaded form is `C`. */
export interface CheckKind<F, C> {
  readonly schema: z.ZodType<F>
  /** Loads a check: writes out its short forms and fills in its defaults. */
  readonly toCheck: (file: F, common: CheckCommon) => C
  /**
   * Looks at the node.
   * @throws CapstanError when the node cannot be asked
   */
  readonly inspect: (check: C, target: CheckTarget, signal: AbortSignal) => Promise<Part[]>
  /** Lists every matcher of the expectation. */
  readonly matchersOf: (check: C) => Matcher[]
  /** Finds what the schema cannot see, apart from the matchers. */
  readonly flawsOf: (check: C) => CheckFlaw[]
}

/** A look that takes longer is given up, so that it does not hold up the others, in milliseconds. */
export const LOOK_LIMIT_MS = 5_000
/** Bytes of an answer that are kept. */
export const LARGEST_ANSWER = 256 * 1024

/** The `flawsOf` of a kind whose schema sees everything. */
export function noFlaws(): CheckFlaw[] {
  return []
}

/**
 * Reads an expectation by parts. Everything that does not consist of the named parts is a matcher for the main part.
 */
export function byParts<T extends object>(
  expect: T | Matcher | undefined,
  { keys, main }: { readonly keys: readonly string[]; readonly main: keyof T & string },
): T {
  if (expect === undefined) return {} as T
  const isByParts =
    typeof expect === 'object' &&
    expect !== null &&
    !Array.isArray(expect) &&
    Object.keys(expect).every((key) => keys.includes(key))
  return (isByParts ? expect : { [main]: expect }) as T
}

/** Makes a part whose value was found. */
export function partOf(name: string, value: unknown, expect: Matcher): Part {
  return { name, found: asValue(value), expect }
}
