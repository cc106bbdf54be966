/** The schema of questions/blueprint.yaml. */
import { z } from 'zod'

export const BlueprintFile = z.strictObject({
  exam: z.strictObject({
    items: z.number().int().min(1),
    minutes: z.number().int().min(1),
    delivery: z.strictObject({ classic: z.number().int().min(0), domc: z.number().int().min(0) }),
    /** Per cent. */
    passMark: z.number().min(0).max(100),
    source: z.string(),
  }),
  domains: z
    .array(
      z.strictObject({
        /** The id is also the name of the domain's folder in labs/ and questions/. */
        id: z.string(),
        /** The beginning of its objectives. */
        prefix: z.string().length(3),
        title: z.string(),
        /** Per cent of the items. */
        weight: z.number().min(0).max(100),
      }),
    )
    .min(1),
  objectives: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      /** The guide that names it. */
      source: z.string(),
      /** It is learnt by doing, so it needs a lab. */
      hands: z.boolean().default(false),
    }),
  ),
})

export type Blueprint = z.infer<typeof BlueprintFile>
