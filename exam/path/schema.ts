/** The schema of labs/paths/<id>.yaml. */
import { z } from 'zod'

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens')

const LabStep = z.strictObject({
  /** Name of a lab's folder. */
  lab: Id,
  /** Labs that come before this one. */
  after: z.array(Id).max(10).default([]),
})

const DrillStep = z.strictObject({
  /** Ids of objectives. */
  drill: z.array(z.string().max(20)).min(1).max(20),
  title: z.string().min(3).max(80),
  length: z.number().int().min(1).max(50).default(10),
})

const HandsOnStep = z.strictObject({
  /** Name of a file in questions/hands-on/. */
  handsOn: Id,
})

const ExamStep = z.strictObject({ exam: z.literal('mock') })

export const PathFile = z.strictObject({
  title: z.string().min(3).max(80),
  summary: z.string().min(3).max(300),
  minutes: z.number().int().min(1).max(10_000),
  /** The path that the first page follows. */
  main: z.boolean().default(false),
  /** Paths that come before this one. */
  needs: z.array(Id).max(10).default([]),
  steps: z
    .array(z.union([LabStep, DrillStep, HandsOnStep, ExamStep]))
    .min(1)
    .max(100),
})

export type PathStep = z.infer<typeof PathFile>['steps'][number]

/** An order of labs, drills and exams. */
export type LearningPath = z.infer<typeof PathFile> & {
  /** The file's name without its ending. */
  readonly id: string
}
