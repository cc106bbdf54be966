/** The schema of questions/<domain>/*.yaml. Unknown keys are errors, because a misspelt key would silently do nothing. */
import { z } from 'zod'
import { isVersionRange } from './versions'

const Id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{2,60}$/, 'use lower-case letters, digits and hyphens, starting with a letter')
const Objective = z.string().regex(/^(ORC|IMG|INS|NET|SEC|STO)-\d\d$/, 'write an objective such as NET-05')
const Text = z.string().trim().min(1)

const Option = z.strictObject({
  text: Text,
  right: z.boolean().default(false),
  /** The reason why it is wrong, or right. The result shows it. */
  why: Text.optional(),
})

/** Something to look at: a file, the output of a command, or machines and the links between them. */
export const Exhibit = z.union([
  z.strictObject({
    kind: z.enum(['dockerfile', 'compose', 'output', 'file']),
    title: Text.optional(),
    text: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('topology'),
    title: Text.optional(),
    nodes: z
      .array(
        z.strictObject({
          id: Text,
          label: Text.optional(),
          kind: z.enum(['host', 'manager', 'worker', 'container', 'network', 'registry', 'client']),
        }),
      )
      .min(1),
    links: z.array(z.strictObject({ from: Text, to: Text, label: Text.optional() })).default([]),
  }),
])
export type Exhibit = z.infer<typeof Exhibit>

/** Steps of a proof. The engine defines what each may be. */
const ProofSteps = z.array(z.record(z.string(), z.unknown())).min(1)

/** In a choice, one option is right. In a multiple, all marked options are. Both may be delivered as DOMC. */
const CHOICES = ['choice', 'multiple'] as const
/** The types that a mock exam never has, because the real exam has only the others. */
const PRACTICE_TYPES = ['matching', 'ordering', 'command'] as const

export const ItemKind = z.enum([...CHOICES, ...PRACTICE_TYPES])
export type ItemKind = z.infer<typeof ItemKind>

const Common = {
  objectives: z.array(Objective).min(1, 'name an objective'),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  stem: Text,
  exhibits: z.array(Exhibit).default([]),
  explanation: Text,
  /** The place where the fact is documented, or the measurement that shows it. */
  source: Text,
  /** Engine versions for which the answer holds, such as ">=23". The default is all versions. */
  versions: Text.refine(isVersionRange, 'write ">=23", "<29" or ">=20.10 <29"').optional(),
  /** Ids of items that give this one away. They are never in one form with it. */
  enemies: z.array(Id).default([]),
  /** Ids of items that look alike and ask something else. Somebody has compared them, so the linter does not. */
  distinct: z.array(Id).default([]),
  /** The author's own words and place, which other programs read and write. Capstan sorts by objectives. */
  tags: z.array(Text.max(100)).max(30).default([]),
  category: Text.max(300).optional(),
}

/** What shows that the answer is right, in the items whose answer is not a command that runs anyway. */
const Evidence = {
  proof: z
    .union([
      ProofSteps,
      z.strictObject({
        nodes: z.record(z.string(), z.unknown()),
        requires: z.array(z.string()).default([]),
        steps: ProofSteps,
      }),
    ])
    .optional(),
  /** The reason why no command on a lab node can prove it. */
  unprovable: Text.optional(),
}

const Options = { options: z.array(Option).min(2).max(10) }

const ChoiceFile = z.strictObject({ id: Id, kind: z.enum(CHOICES), ...Common, ...Options, ...Evidence })

/** Fewer entries than this are a choice. */
const LEAST_ENTRIES = 3
const MOST_ENTRIES = 10
const MOST_EXTRAS = 6

const Entries = <T extends z.ZodType>(entry: T) =>
  z
    .array(entry)
    .min(LEAST_ENTRIES, `at least ${LEAST_ENTRIES} are needed`)
    .max(MOST_ENTRIES, `at most ${MOST_ENTRIES} are possible`)

/** A text, or a text with the reason for its place. */
const Entry = z.union([Text, z.strictObject({ text: Text, why: Text.optional() })])

/** Each prompt on the left has one option on the right. Two prompts may have the same one. */
const MatchingFile = z.strictObject({
  id: Id,
  kind: z.literal('matching'),
  ...Common,
  pairs: Entries(z.strictObject({ left: Text, right: Text, why: Text.optional() })),
  /** Options that belong to no prompt. */
  extras: z.array(Entry).max(MOST_EXTRAS).default([]),
  ...Evidence,
})

/** The entries in the right order. */
const OrderingFile = z.strictObject({
  id: Id,
  kind: z.literal('ordering'),
  ...Common,
  sequence: Entries(Entry),
  ...Evidence,
})

const LONGEST_SCRIPT = 4_000
const Script = z.string().trim().min(1).max(LONGEST_SCRIPT)

/** What a student has to bring about on a fresh node. Its solution and its mistakes are its proof. */
export const ItemCommand = z.strictObject({
  /** A bash script that prepares the node, run as root in /root. */
  setup: Script.optional(),
  /** Checks in the form of those of labs. The engine defines what each may be. */
  checks: z.array(z.record(z.string(), z.unknown())).min(1, 'a check is needed').max(10),
  /** What one types. After it all checks are green, and before it at least one is red. */
  solution: Script,
  /** What people type in its place. After each of them at least one check is red. */
  mistakes: z
    .array(z.strictObject({ run: Script, why: Text }))
    .min(1, 'a mistake is needed')
    .max(10),
})
export type ItemCommand = z.infer<typeof ItemCommand>

const CommandFile = z.strictObject({
  id: Id,
  kind: z.literal('command'),
  ...Common,
  command: ItemCommand,
})

export type ItemFile = z.infer<
  typeof ChoiceFile | typeof MatchingFile | typeof OrderingFile | typeof CommandFile
>

/** Tells which kinds there are. */
const WithKind = z.looseObject({ kind: ItemKind })

const FILES = {
  choice: ChoiceFile,
  multiple: ChoiceFile,
  matching: MatchingFile,
  ordering: OrderingFile,
  command: CommandFile,
} as const satisfies Readonly<Record<ItemKind, z.ZodType<ItemFile>>>

/** Reads a value that calls itself an item, so that its problems are those of its kind. */
export function readItemFile(raw: unknown): { file: ItemFile } | { error: z.ZodError } {
  const kind = typeof raw === 'object' && raw !== null && 'kind' in raw ? raw.kind : undefined
  // A kind that is missing is probably misspelt, and the problems of a choice tell it.
  const known = kind === undefined ? CHOICES[0] : ItemKind.safeParse(kind).data
  if (known === undefined) return { error: WithKind.safeParse(raw).error ?? new z.ZodError([]) }
  const parsed = FILES[known].safeParse(raw)
  return parsed.success ? { file: parsed.data } : { error: parsed.error }
}

const Scalar = z.union([z.string(), z.number()])

const MOST_NAMES = 30

/** Values by names that can stand in braces. Each one costs work in every combination. */
function fewNames<T extends z.ZodType>(value: T) {
  const message = `A template has at most ${MOST_NAMES} of these.`
  return z
    .record(z.string().regex(/^[a-z]\w*$/i), value)
    .refine((all) => Object.keys(all).length <= MOST_NAMES, message)
}

/** Many items in one: parameters and values computed from them fill `{name}` in every text. */
export const TemplateFile = z.strictObject({
  template: Id,
  parameters: fewNames(z.array(Scalar).min(2)),
  /** Computed in this order by JMESPath over the parameters and what was computed before. */
  compute: fewNames(z.string()).default({}),
  /** JMESPath that a combination must satisfy to be used. */
  when: z.string().optional(),
  kind: z.enum(CHOICES),
  ...Common,
  ...Options,
  ...Evidence,
})

const QuestionsFile = z
  .array(z.union([ChoiceFile, MatchingFile, OrderingFile, CommandFile, TemplateFile]))
  .min(1)

export type TemplateFile = z.infer<typeof TemplateFile>

/** JSON Schema of a file of questions, for editors. */
export function questionsJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(QuestionsFile, { io: 'input', unrepresentable: 'any' })
}
