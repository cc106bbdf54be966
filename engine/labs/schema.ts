/** The schema of lab.yaml. Unknown keys are errors, because a misspelt key would silently do nothing. */
import { z } from 'zod'
import { CheckFile, Name } from '../checks'

const Path = z.string().min(1)
/** Control characters are refused in all values of a file; lists and terminals show this one in a single line. */
const OneLine = z.string().regex(/^[^\n\t]*$/, 'write it in one line')

/** The form of an engine's version: "26.1", or "27.3.1" for one that only a registry has. */
export const ENGINE_VERSION = /^\d{1,3}\.\d{1,3}(\.\d{1,3})?$/

/** The version of a node's engine. A number would lose the last zero of "20.10". */
const Engine = z.string().regex(ENGINE_VERSION, 'write a version of Docker in quotes, such as "20.10"')

/** The events of a node: it is switched off, killed or taken off its networks, and brought back. */
export const NODE_ACTIONS = ['start', 'stop', 'kill', 'restart', 'cut', 'rejoin'] as const
export type NodeAction = (typeof NODE_ACTIONS)[number]

const Action = z.strictObject({ action: z.enum(NODE_ACTIONS), node: Name })
/** An object with just these keys is an event, even in a lab whose nodes are called "action" and "node". */
export function isAction(value: object): value is z.infer<typeof Action> {
  return Object.keys(value).sort().join() === 'action,node'
}

// A misspelt action must not pass as two scripts.
const ScriptOn = z
  .record(Name, Path)
  .refine((scripts) => !isAction(scripts), `the actions are ${NODE_ACTIONS.join(', ')}`)
/** A script for the first node, a script for each named node, something that happens to a node, or a list of these. */
const Scripts = z.union([Path, Action, ScriptOn, z.array(z.union([Path, Action, ScriptOn])).min(1)])
export type Scripts = z.infer<typeof Scripts>

export const StepFile = z.strictObject({
  id: Name,
  text: Path,
  setup: Scripts.optional(),
  checks: z.array(CheckFile).min(1, 'a step needs a check'),
  hints: z.array(Path).default([]),
  solution: Scripts.optional(),
  /**
   * What the student reads as the solution, where a person does not type the script that proves the step. A script in a
   * file that does not end in ".sh" is only read and copied.
   */
  shown: Scripts.optional(),
  mistakes: z.array(z.strictObject({ script: Scripts, explains: z.string().min(3).optional() })).default([]),
})

export const NodesFile = z
  .record(
    Name,
    z.strictObject({
      /** Joined before the student arrives. */
      swarm: z.enum(['none', 'manager', 'worker']).default('none'),
      /** All networks of the lab when left out. */
      networks: z.array(Name).min(1).optional(),
      /** MiB that the node may use; 2048 when left out. A smaller machine gives less. */
      memory: z.number().int().min(128).max(16_384).optional(),
      /** MiB of the disk that the node may fill; 8192 when left out. */
      disk: z.number().int().min(512).max(65_536).optional(),
      /** The version of its engine; that of the lab when left out. */
      engine: Engine.optional(),
    }),
  )
  .refine(
    (nodes) => Object.keys(nodes).length >= 1 && Object.keys(nodes).length <= 7,
    'a lab has one to seven nodes',
  )

export const LabFile = z.strictObject({
  /** A task is graded in hands-on exams: it is not in the catalogue, and shows no results before it is handed in. */
  kind: z.enum(['lab', 'task']).default('lab'),
  title: OneLine.min(3).max(80),
  summary: z.string().min(3).max(300),
  objectives: z
    .array(z.string().regex(/^(ORC|IMG|INS|NET|SEC|STO)-\d\d$/, 'write an objective such as NET-05'))
    .default([]),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  minutes: z.number().int().min(1).max(240),
  /** Capabilities of the engine that the lab needs. */
  requires: z.array(z.string()).default([]),
  /** The version of its nodes' engines, where the lab needs one; that of Debian stable when left out. */
  engine: Engine.optional(),
  /** Networks between the nodes; one called "lab" when left out. */
  networks: z
    .record(Name, z.strictObject({ internal: z.boolean().default(false) }))
    .default({ lab: { internal: false } }),
  nodes: NodesFile,
  /** Images that the lab uses. Every node can pull them; preloaded ones are in the nodes already. */
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

/** JSON Schema of lab.yaml, for editors. */
export function labJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(LabFile, { io: 'input', unrepresentable: 'any' })
}
