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

const Common = {
  objectives: z.array(Objective).min(1, 'name an objective'),
  /** In a choice, one option is right. In a multiple, all marked options are. Any item may be delivered as DOMC. */
  kind: z.enum(['choice', 'multiple']),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  stem: Text,
  exhibits: z.array(Exhibit).default([]),
  options: z.array(Option).min(2).max(10),
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

export const ItemFile = z.strictObject({ id: Id, ...Common })

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
  ...Common,
})

const QuestionsFile = z.array(z.union([ItemFile, TemplateFile])).min(1)

export type ItemFile = z.infer<typeof ItemFile>
export type TemplateFile = z.infer<typeof TemplateFile>

/** JSON Schema of a file of questions, for editors. */
export function questionsJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(QuestionsFile, { io: 'input', unrepresentable: 'any' })
}
