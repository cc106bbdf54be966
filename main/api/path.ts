/** The path's part of the contract: orders of labs, objectives in words, the placement test, search. */
import { z } from 'zod'
import { AttemptRef, Id, Nothing, Titled, type View } from './shapes'

/** A step of a path. Its id is that of the lab or of the hands-on exam; a drill has the ids of its objectives. */
export const PathStepView = z.object({
  kind: z.enum(['lab', 'drill', 'hands-on', 'mock']),
  id: z.string(),
  title: z.string(),
  minutes: z.number().nullable(),
  objectives: z.array(z.string()),
  /** Items of a drill. */
  length: z.number(),
  /** An exam is done when it was passed. */
  done: z.boolean(),
  /** Per cent of the last try of an exam that was never passed; null without one. */
  tried: z.number().nullable(),
  /** Labs that come before it and are not completed. */
  waitsFor: z.array(Titled),
})
export type PathStepView = View<typeof PathStepView>

export const PathView = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  minutes: z.number(),
  main: z.boolean(),
  /** Paths that come before it. */
  needs: z.array(Titled),
  steps: z.array(PathStepView),
})
export type PathView = View<typeof PathView>

export const ObjectiveTitle = Titled.extend({
  /** Title of its domain. */
  domain: z.string(),
})
export type ObjectiveTitle = View<typeof ObjectiveTitle>

const CommandView = z.object({
  command: z.string(),
  does: z.string(),
  /** Why no test tries it on a real engine; null where one does. */
  unproven: z.string().nullable(),
})
export type CommandView = View<typeof CommandView>

export const ObjectiveView = ObjectiveTitle.extend({
  /** In plain words; null where nobody has written them yet. */
  asks: z.string().nullable(),
  commands: z.array(CommandView),
  labs: z.array(Titled.extend({ minutes: z.number(), done: z.boolean() })),
})
export type ObjectiveView = View<typeof ObjectiveView>

/** What a lab has been about, for the end of it. */
export const PractisedView = z.object({
  objectives: z.array(ObjectiveTitle),
  /** Commands of the cheat sheets that the lab uses. */
  commands: z.array(CommandView),
  /** The next lab that is not completed: on the path that is followed, else on the first one that has this lab. */
  next: Titled.extend({ path: z.string() }).nullable(),
})
export type PractisedView = View<typeof PractisedView>

export const PlacementView = z.object({
  attemptId: z.string(),
  ended: z.boolean(),
  /** Empty until it has ended. */
  domains: z.array(
    Titled.extend({
      right: z.number(),
      /** Items that were answered; 0 says nothing of the domain. */
      of: z.number(),
      /** Whether most of it was right. */
      known: z.boolean(),
      /** Where to begin: the first lab of the domain on the main path, or a later one for those who know much. */
      lab: Titled.nullable(),
    }),
  ),
})
export type PlacementView = View<typeof PlacementView>

export const SearchHit = z.object({
  kind: z.enum(['lab', 'step', 'objective', 'command', 'question', 'page']),
  title: z.string(),
  /** Where it was found, in words. */
  detail: z.string(),
  /** Address of the page. */
  to: z.string(),
})
export type SearchHit = View<typeof SearchHit>

export const pathContract = {
  calls: {
    'path.list': {
      in: z.object({
        /** Whether drills and exams are marked too. Reading them takes longer than the first page should. */
        attempts: z.boolean().default(false),
      }),
      out: z.array(PathView),
    },
    'path.practised': { in: z.object({ labId: Id }), out: PractisedView },
    /** Begins the placement test, a practice of 20 items over all domains, or leads back to the one that is not over. */
    'path.place': { in: Nothing, out: AttemptRef },
    /** The last placement test; null before the first one. */
    'path.placement': { in: Nothing, out: z.object({ placement: PlacementView.nullable() }) },
    'objective.list': { in: Nothing, out: z.array(ObjectiveTitle) },
    'objective.open': { in: z.object({ objectiveId: Id }), out: ObjectiveView },
    /** Looks for all words. Of the questions, only those that this person has seen with their answers are looked at. */
    'search.find': { in: z.object({ text: z.string().max(200) }), out: z.array(SearchHit) },
  },
  streams: {},
} as const
