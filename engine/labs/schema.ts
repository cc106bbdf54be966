/** The schema of lab.yaml. Unknown keys are errors: a misspelt one would silently do nothing. */
import { z } from 'zod'
import { parseDuration } from './duration'

/** Longest that a check may be given to turn green, in milliseconds. */
const LONGEST_WITHIN_MS = 300_000
const WITHIN_DEFAULT_MS = 5_000

const Name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'use lower-case letters, digits and hyphens, starting with a letter')
const Path = z.string().min(1)

const Duration = z.string().transform((text, context) => {
  const ms = parseDuration(text)
  if (ms !== null && ms <= LONGEST_WITHIN_MS) return ms
  context.addIssue({ code: 'custom', message: 'write a time such as "500ms", "30s" or "2m", at most 5m' })
  return z.NEVER
})

export type Scalar = string | number | boolean | null

export type MatcherObject =
  | { readonly equals: unknown }
  | { readonly not: Matcher }
  | { readonly contains: string | number }
  | { readonly matches: string }
  | { readonly absent: boolean }
  | { readonly length: Matcher }
  | { readonly all: Matcher }
  | { readonly any: Matcher }
  | { readonly has: Readonly<Record<string, Matcher>> }
  | { readonly oneOf: readonly Scalar[] }
  | { readonly error: Matcher }
  | { readonly allOf: readonly Matcher[] }

export type Matcher = Scalar | readonly Matcher[] | MatcherObject

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const Matcher: z.ZodType<Matcher> = z.lazy(() =>
  z.union([
    Scalar,
    z.array(Matcher),
    z.strictObject({ equals: z.unknown() }),
    z.strictObject({ not: Matcher }),
    z.strictObject({ contains: z.union([z.string(), z.number()]) }),
    z.strictObject({ matches: z.string() }),
    z.strictObject({ absent: z.boolean() }),
    z.strictObject({ length: Matcher }),
    z.strictObject({ all: Matcher }),
    z.strictObject({ any: Matcher }),
    z.strictObject({ has: z.record(z.string(), Matcher) }),
    z.strictObject({ oneOf: z.array(Scalar) }),
    z.strictObject({ error: Matcher }),
    z.strictObject({ allOf: z.array(Matcher) }),
  ]),
)

const Query = z.strictObject({
  /** A GET path of the engine API, such as /containers/web/json. */
  api: z.string().startsWith('/'),
  /** JMESPath over the answer; the whole answer without it. */
  select: z.string().optional(),
})
const Exec = z.union([
  z.string(),
  z.strictObject({
    run: z.string(),
    in: z.string().optional(),
    user: z.string().optional(),
    shell: z.enum(['sh', 'bash']).default('bash'),
  }),
])
const Http = z.union([
  z.string(),
  z.strictObject({
    url: z.string(),
    method: z.string().default('GET'),
    headers: z.record(z.string(), z.string()).default({}),
    in: z.string().optional(),
  }),
])
const File = z.union([z.string(), z.strictObject({ path: Path, in: z.string().optional() })])

export const ExecExpect = z.strictObject({
  exit: Matcher.optional(),
  stdout: Matcher.optional(),
  stderr: Matcher.optional(),
})
const HttpExpect = z.strictObject({
  status: Matcher.optional(),
  body: Matcher.optional(),
  headers: z.record(z.string(), Matcher).optional(),
})
const FileExpect = z.strictObject({
  content: Matcher.optional(),
  mode: Matcher.optional(),
  owner: Matcher.optional(),
  type: Matcher.optional(),
  size: Matcher.optional(),
})

const CheckBase = z.strictObject({
  name: z.string().min(3),
  /** The node it looks at; the first one unless told. */
  on: Name.optional(),
  /** How long the proof waits for green. */
  within: Duration.default(WITHIN_DEFAULT_MS),
  /** What a red check tells the student; {actual}, {expected} and {name} are filled in. */
  explain: z.string().optional(),
  /** Green from the start, and to stay so. */
  guard: z.boolean().default(false),
  /** What it is worth when a task is graded; a broken guard takes as much off. */
  points: z.number().int().min(1).max(100).default(1),
})

export const CheckFile = z.union([
  CheckBase.extend({ query: Query, expect: Matcher }),
  CheckBase.extend({ exec: Exec, expect: z.union([ExecExpect, Matcher]).optional() }),
  CheckBase.extend({ http: Http, expect: z.union([HttpExpect, Matcher]).optional() }),
  CheckBase.extend({ file: File, expect: z.union([FileExpect, Matcher]) }),
])

/** What can happen to a node: switched off or killed, taken off its networks, and back. */
export const NODE_ACTIONS = ['start', 'stop', 'kill', 'restart', 'cut', 'rejoin'] as const
export type NodeAction = (typeof NODE_ACTIONS)[number]

const Action = z.strictObject({ action: z.enum(NODE_ACTIONS), node: Name })
const ScriptOn = z.record(Name, Path)
/** A script for the first node, one for each node named, something that happens to a node, or these in turn. */
const Scripts = z.union([Path, Action, ScriptOn, z.array(z.union([Path, Action, ScriptOn])).min(1)])
export type Scripts = z.infer<typeof Scripts>

export const StepFile = z.strictObject({
  id: Name,
  text: Path,
  setup: Scripts.optional(),
  checks: z.array(CheckFile).min(1, 'a step needs a check'),
  hints: z.array(Path).default([]),
  solution: Scripts.optional(),
  mistakes: z.array(z.strictObject({ script: Scripts, explains: z.string().min(3).optional() })).default([]),
})

export const NodesFile = z
  .record(
    Name,
    z.strictObject({
      /** Joined before the student arrives. */
      swarm: z.enum(['none', 'manager', 'worker']).default('none'),
      /** All of the lab's networks unless told. */
      networks: z.array(Name).min(1).optional(),
    }),
  )
  .refine(
    (nodes) => Object.keys(nodes).length >= 1 && Object.keys(nodes).length <= 7,
    'a lab has one to seven nodes',
  )

export const LabFile = z.strictObject({
  /** A task is graded in hands-on exams: it is not in the catalogue, and tells nothing before it is handed in. */
  kind: z.enum(['lab', 'task']).default('lab'),
  title: z.string().min(3).max(80),
  summary: z.string().min(3).max(300),
  objectives: z
    .array(z.string().regex(/^(ORC|IMG|INS|NET|SEC|STO)-\d\d$/, 'write an objective such as NET-05'))
    .default([]),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  minutes: z.number().int().min(1).max(240),
  /** Capabilities of the engine that the lab needs. */
  requires: z.array(z.string()).default([]),
  /** Networks between the nodes; one called "lab" unless told. */
  networks: z
    .record(Name, z.strictObject({ internal: z.boolean().default(false) }))
    .default({ lab: { internal: false } }),
  nodes: NodesFile,
  /** Images that the lab uses; they can be pulled in every node, or are there already when preloaded. */
  images: z
    .array(z.union([z.string(), z.strictObject({ name: z.string(), preloaded: z.boolean().default(true) })]))
    .default([]),
  files: z
    .array(z.strictObject({ from: Path, to: z.string().startsWith('/'), on: Name.optional() }))
    .default([]),
  setup: Scripts.optional(),
  steps: z.array(StepFile).min(1, 'a lab needs a step'),
})

export type LabFile = z.infer<typeof LabFile>
export type StepFile = z.infer<typeof StepFile>
export type CheckFile = z.infer<typeof CheckFile>
export type ExecExpect = z.infer<typeof ExecExpect>
export type HttpExpect = z.infer<typeof HttpExpect>
export type FileExpect = z.infer<typeof FileExpect>

/** JSON Schema of lab.yaml, for editors. */
export function labJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(LabFile, { io: 'input', unrepresentable: 'any' })
}
