/** The exam part of the contract. Keys and explanations are only in the views of items that are over. */
import { z } from 'zod'
import {
  AttemptRef,
  Delivery,
  ExtraTime,
  Id,
  ItemKind,
  Mode,
  Nothing,
  ShareView,
  Titled,
  type View,
} from './shapes'

const OptionView = z.object({ id: z.number(), text: z.string() })

export const ExhibitView = z.union([
  z.object({
    kind: z.enum(['dockerfile', 'compose', 'output', 'file']),
    title: z.string().optional(),
    text: z.string(),
  }),
  z.object({
    kind: z.literal('topology'),
    title: z.string().optional(),
    nodes: z.array(z.object({ id: z.string(), label: z.string().optional(), kind: z.string() })),
    links: z.array(z.object({ from: z.string(), to: z.string(), label: z.string().optional() })),
  }),
])
export type ExhibitView = View<typeof ExhibitView>

/** What a check of a command item found. */
const RanCheckView = z.object({
  name: z.string(),
  green: z.boolean(),
  expected: z.string(),
  found: z.string(),
  explanation: z.string(),
})

/** A place of an ordering or a matching that is over. */
const PlaceView = z.object({
  /** The left side of a matching. The places of an ordering are numbers. */
  prompt: z.string().nullable(),
  /** What belongs there. */
  right: z.string(),
  /** What was put there; null for nothing. */
  given: z.string().nullable(),
  isRight: z.boolean(),
  why: z.string().nullable(),
})

/** An item that is over, with its key. Practice shows it at once, a real exam after the end. */
export const RevealedItem = z.object({
  id: z.string(),
  kind: ItemKind,
  right: z.boolean(),
  explanation: z.string(),
  source: z.string(),
  /** The places of an ordering or a matching; none of other types. */
  places: z.array(PlaceView),
  /** All options of a choice; of a matching those that belong to no prompt. */
  options: z.array(
    OptionView.extend({
      right: z.boolean(),
      why: z.string().nullable(),
      picked: z.boolean(),
      /** False for an option of a DOMC item that was over before its turn came. */
      shown: z.boolean(),
    }),
  ),
  /** What a command item asked for; null for other types. */
  command: z
    .object({
      /** What its checks found; null when it was not tried. */
      checks: z.array(RanCheckView).nullable(),
      solution: z.string(),
      mistakes: z.array(z.object({ run: z.string(), why: z.string() })),
    })
    .nullable(),
  /** Labs that teach an objective of the item. */
  labs: z.array(Titled),
})
export type RevealedItem = View<typeof RevealedItem>

/** The item that is looked at. */
export const CurrentItem = z.object({
  index: z.number(),
  delivery: Delivery,
  kind: ItemKind,
  /** How many options of a classic item with several right ones are to be chosen. DOMC items do not tell it. */
  choose: z.number().int().optional(),
  stem: z.string(),
  /** For which versions of Docker the answer holds, such as "since Docker 23"; null for all. */
  versions: z.string().nullable(),
  exhibits: z.array(ExhibitView),
  /** All options of a classic item in the form's order; of a DOMC item the one that is shown, or none. */
  options: z.array(OptionView),
  /** The left sides of a matching. */
  prompts: z.array(z.string()),
  /** Ids of options. Of an ordering all of them in the order given; of a matching one for each prompt, or 0. */
  chosen: z.array(z.number()),
  /** How many options of a DOMC item have been decided. */
  decided: z.number(),
  closed: z.boolean(),
  /** The session with the node of a command item; null for other types. */
  command: z.object({ sessionId: z.string().nullable() }).nullable(),
  revealed: RevealedItem.nullable(),
})
export type CurrentItem = View<typeof CurrentItem>

export const AttemptView = z.object({
  id: z.string(),
  mode: Mode,
  state: z.enum(['running', 'ended']),
  /** Milliseconds; null without a limit. */
  limit: z.number().nullable(),
  /** Milliseconds left when this view was made; null without a limit. */
  timeLeft: z.number().nullable(),
  items: z.array(
    z.object({
      delivery: Delivery,
      answered: z.boolean(),
      flagged: z.boolean(),
      closed: z.boolean(),
      /** Whether it may be looked at now. */
      open: z.boolean(),
      /** Null before it is over, and always in a real exam. */
      outcome: z.enum(['right', 'wrong']).nullable(),
    }),
  ),
  current: CurrentItem,
})
export type AttemptView = View<typeof AttemptView>

export const AttemptSummary = z.object({
  id: z.string(),
  mode: Mode,
  startedAt: z.string(),
  state: z.enum(['running', 'ended']),
  /** The part of the exam that it is about, in words; null for all of it. */
  about: z.string().nullable(),
  /** Whether it is a placement test. Those of an older Capstan do not know it. */
  placement: z.boolean(),
  length: z.number(),
  /** How many items have an answer. */
  answered: z.number(),
  /** Milliseconds; null without a limit and after the end. */
  timeLeft: z.number().nullable(),
  /** Null while it runs. */
  total: ShareView.nullable(),
  passed: z.boolean().nullable(),
})
export type AttemptSummary = View<typeof AttemptSummary>

export const ResultView = AttemptSummary.extend({
  passMark: z.number(),
  /** Milliseconds; null without a limit. */
  limit: z.number().nullable(),
  /** Times the usual time; 1 without extra time. */
  extraTime: z.number(),
  endedBy: z.enum(['candidate', 'time']),
  /** The number by which others can have the same form; null for a form that was drawn for this candidate. */
  formNumber: z.number().nullable(),
  /** The mock exam of the same length before this one, to compare with. */
  before: z.object({ id: z.string(), startedAt: z.string(), percent: z.number() }).nullable(),
  domains: z.array(ShareView.extend(Titled.shape)),
  items: z.array(
    RevealedItem.extend({
      domain: z.string(),
      objectives: z.array(z.string()),
      delivery: Delivery,
      stem: z.string(),
      exhibits: z.array(ExhibitView),
      /** Milliseconds. */
      time: z.number(),
      answered: z.boolean(),
      /** Whether it says something about the candidate: it was seen in a mock exam, or answered in practice. */
      reached: z.boolean(),
      flagged: z.boolean(),
    }),
  ),
})
export type ResultView = View<typeof ResultView>

/** The plan of the real exam, with how many items the bank has for each part of it. */
export const BlueprintView = z.object({
  /** Items of an exam, and how they are delivered. */
  length: z.number(),
  delivery: z.object({ classic: z.number(), domc: z.number() }),
  minutes: z.number(),
  /** Per cent, from the settings. */
  passMark: z.number(),
  domains: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** Per cent of the items. */
      weight: z.number(),
      objectives: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          /** Items of the bank that serve it; a template counts as one. */
          items: z.number(),
        }),
      ),
    }),
  ),
})
export type BlueprintView = View<typeof BlueprintView>

/** The items of the longest form. */
const MOST_ITEMS = 200
/** The options of the longest item; the format of questions takes no more. */
const MOST_OPTIONS = 10

const ItemRef = AttemptRef.extend({
  item: z
    .number()
    .int()
    .min(0)
    .max(MOST_ITEMS - 1),
})
const OptionId = z.number().int()

export const StartExam = z.object({
  mode: Mode,
  /** Number of items; the blueprint's for a real exam. */
  length: z.number().int().min(1).max(MOST_ITEMS).optional(),
  domains: z.array(Id).max(20).optional(),
  /** Only items that serve one of these: as many of the length as there are. Not for a real exam. */
  objectives: z.array(Id).max(100).optional(),
  extraTime: ExtraTime,
  /** A mock exam of half the items in half the time. */
  half: z.boolean().optional(),
  /** The same number gives everybody the same form. */
  formNumber: z.number().int().min(1).max(999_999).optional(),
})

/** The view after an answer, and whether the answer counts: it may have come too late, or after another one. */
const AfterAnswer = AttemptView.extend({ kept: z.boolean() })

export const examContract = {
  calls: {
    'exam.blueprint': { in: Nothing, out: BlueprintView },
    'exam.list': { in: Nothing, out: z.array(AttemptSummary) },
    'exam.start': { in: StartExam, out: AttemptRef },
    /** Starts over from an attempt that is over: a drill of what was missed or flagged, or the same form again. */
    'exam.retry': {
      in: AttemptRef.extend({ what: z.enum(['missed', 'flagged', 'form']) }),
      out: AttemptRef,
    },
    'exam.move': { in: ItemRef, out: AttemptView },
    'exam.choose': { in: ItemRef.extend({ options: z.array(OptionId).max(MOST_OPTIONS) }), out: AfterAnswer },
    'exam.decide': { in: ItemRef.extend({ option: OptionId, yes: z.boolean() }), out: AfterAnswer },
    'exam.flag': { in: ItemRef.extend({ on: z.boolean() }), out: AttemptView },
    /** Closes a classic item of a practice and shows its explanation. */
    'exam.reveal': { in: ItemRef, out: AttemptView },
    /** Gives a command item that is shown a node of its own. */
    'exam.takeNode': { in: ItemRef, out: AttemptView },
    /** Gives it back before the item is over. */
    'exam.leaveNode': { in: ItemRef, out: AttemptView },
    /** Has the checks of a command item look at its node, which closes the item. */
    'exam.judge': { in: ItemRef, out: AfterAnswer },
    'exam.end': { in: AttemptRef, out: AttemptView },
    'exam.result': { in: AttemptRef, out: ResultView },
    /** Deletes an attempt that is over, while no exam runs. */
    'exam.remove': { in: AttemptRef, out: Nothing },
  },
  streams: { 'exam.watch': { in: AttemptRef, out: AttemptView } },
} as const
