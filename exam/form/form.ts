/** A form: the items of one attempt in their order, with everything that was drawn by chance. */
import { z } from 'zod'
import { Exhibit, ItemCommand, ItemKind } from '../format'

export const Delivery = z.enum(['classic', 'domc'])
export type Delivery = z.infer<typeof Delivery>

/** The texts of an item on the day its attempt began. A later bank may have corrected or dropped them. */
export const ItemText = z.object({
  stem: z.string(),
  exhibits: z.array(Exhibit),
  options: z.array(z.object({ id: z.number(), text: z.string(), why: z.string().nullable() })),
  /** The left sides of a matching, in their order. */
  prompts: z.array(z.object({ text: z.string(), why: z.string().nullable() })).default([]),
  command: ItemCommand.nullable().default(null),
  explanation: z.string(),
  source: z.string(),
  /** Versions of the engine for which the answer holds; null for all. Forms of an older Capstan name none. */
  versions: z.string().nullable().default(null),
})
export type ItemText = z.infer<typeof ItemText>

export const FormItem = z.object({
  id: z.string(),
  domain: z.string(),
  objectives: z.array(z.string()),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  kind: ItemKind,
  delivery: Delivery,
  /** Ids of the options, in the order in which they are shown. */
  order: z.array(z.number()),
  /**
   * Ids of the right options; of an ordering all of them in their right order; of a matching that of each prompt. An
   * attempt is scored by the key of the day it began.
   */
  key: z.array(z.number()),
  /**
   * Whether one more option is shown after all right ones were accepted. It does not count. It is there so that the end
   * of an item does not show that the answers were right.
   */
  extra: z.boolean(),
  /** The person wrote or imported it: nobody has checked it, so it says nothing of readiness. */
  own: z.literal(true).optional(),
  /** Journals of an older Capstan have none: their texts are those of the bank, where it still has them. */
  text: ItemText.optional(),
})
export type FormItem = z.infer<typeof FormItem>

/** Why exactly these items were chosen, where neither objectives nor domains say it. */
export const Purpose = z.enum([
  'placement',
  'missed',
  'flagged',
  'reviews',
  'unseen',
  'bookmarked',
  'noted',
  'own',
])
export type Purpose = z.infer<typeof Purpose>

export const Form = z.object({
  seed: z.number(),
  /** Forms of an older Capstan name none. */
  purpose: Purpose.optional(),
  /** The form depends on its seed alone, not on what its candidate has seen, so others can have the same one. */
  shared: z.boolean().optional(),
  minutes: z.number(),
  items: z.array(FormItem),
})
export type Form = z.infer<typeof Form>
