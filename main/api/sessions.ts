/** The sessions' part of the contract: a lab in progress, with its steps, checks, nodes and previews. */
import { z } from 'zod'
import { Problem } from './problem'
import { Id, Nothing, SessionRef, type View } from './shapes'

export const CheckView = z.object({
  name: z.string(),
  node: z.string(),
  /** `missing`: what the check asks about is not there yet. `error`: it could not be looked at. */
  state: z.enum(['pending', 'green', 'red', 'missing', 'error']),
  /** A guard holds from the start and must go on holding; it does not ask the student to do anything. */
  guard: z.boolean(),
  /** In words; empty where there are none, and while the student has to find it out. */
  expected: z.string(),
  /** A line of what was found; empty while the student has to find out what is expected. */
  found: z.string(),
  /** All that was found, when it is more than a line. */
  whole: z.string().nullable(),
  /** A sentence; code in it stands between backticks. Empty while the check is green. */
  explanation: z.string(),
})
export type CheckView = View<typeof CheckView>

export const NodeAction = z.enum(['start', 'stop', 'kill', 'restart', 'cut', 'rejoin'])
export type NodeAction = z.infer<typeof NodeAction>

/** A part of a solution: what one types on a node, or what one does with a node. */
export const SolutionPart = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('code'),
    node: z.string(),
    text: z.string(),
    /** False for a text that is only read and copied, because the student must fill something in. */
    runs: z.boolean(),
  }),
  z.object({ kind: z.literal('action'), node: z.string(), action: NodeAction }),
])
export type SolutionPart = View<typeof SolutionPart>

export const StepView = z.object({
  id: z.string(),
  /** `skipped`: it was done for the student, who has started at a later step. */
  state: z.enum(['locked', 'open', 'done', 'skipped']),
  /** When it was done, ISO 8601; null for a step that was not, or whose time was not kept. */
  doneAt: z.string().nullable(),
  checks: z.array(CheckView),
  /** Markdown of the hints the student has asked for so far. */
  hints: z.array(z.string()),
  /** The parts of the solution, once the student has asked for it. */
  solution: z.array(SolutionPart).nullable(),
})
export type StepView = View<typeof StepView>

export const NodeView = z.object({
  name: z.string(),
  /** `cut`: it runs, on no network. */
  state: z.enum(['starting', 'running', 'stopped', 'cut', 'gone']),
  /** TCP ports that its containers and services are published on. */
  ports: z.array(z.number()),
  /** Which of its limits it has reached; the notice of the session says more. */
  trouble: z.enum(['memory', 'disk']).nullable(),
})
export type NodeView = View<typeof NodeView>

const PlaygroundOfSession = z.object({
  name: z.string(),
  /** The version of Docker in its nodes; null for the usual one. */
  engine: z.string().nullable(),
  /** When its nodes were stopped to be used another day; null while it is in use. */
  savedAt: z.string().nullable(),
  nodes: z.array(
    z.object({
      name: z.string(),
      role: z.enum(['manager', 'worker']),
      /** How it belonged to the swarm when it was made. */
      swarm: z.enum(['none', 'manager', 'worker']),
      /** Its place on the network, which decides its address. */
      place: z.number(),
    }),
  ),
})

export const SessionView = z.object({
  id: z.string(),
  labId: z.string(),
  state: z.enum(['starting', 'running', 'resetting', 'stopping', 'stopped', 'broken', 'saved']),
  /** The work that is being done, in words; null while the session rests. */
  activity: z.string().nullable(),
  startedAt: z.string(),
  /** The step whose checks are live; null in a session without steps. */
  currentStep: z.string().nullable(),
  steps: z.array(StepView),
  nodes: z.array(NodeView),
  completed: z.boolean(),
  /** Something the student should know, such as "your nodes were started again". */
  notice: z.string().nullable(),
  problem: Problem.nullable(),
  /** What a playground is; null for a lab. */
  playground: PlaygroundOfSession.nullable(),
})
export type SessionView = View<typeof SessionView>

/** A listener on this machine's loopback that leads to a port inside a node. */
export const PreviewView = z.object({ node: z.string(), port: z.number(), url: z.string() })
export type PreviewView = View<typeof PreviewView>

const StepRef = SessionRef.extend({ stepId: Id })

export const sessionsContract = {
  calls: {
    'session.list': { in: Nothing, out: z.array(SessionView) },
    /** Starts at a step, or at the first one. Fails with code `session-exists` when the lab is open already; the message names the session. */
    'session.start': { in: z.object({ labId: Id, stepId: Id.optional() }), out: SessionView },
    'session.check': { in: SessionRef, out: SessionView },
    /** Opens the step after a done one, or goes back to an earlier one. */
    'session.openStep': { in: StepRef, out: SessionView },
    'session.hint': { in: StepRef, out: SessionView },
    'session.solution': { in: StepRef, out: SessionView },
    /** Gives new nodes, in the state in which a step begins, or in that of the first one. */
    'session.reset': { in: SessionRef.extend({ stepId: Id.optional() }), out: SessionView },
    'session.stop': { in: SessionRef, out: Nothing },
    /** Switches a node on or off, or takes it off its networks and back. */
    'session.switchNode': {
      in: SessionRef.extend({ node: Id, action: NodeAction }),
      out: SessionView,
    },
    /** Opens a preview of a port of a node; it is the same one when it is open already. */
    'preview.open': {
      in: SessionRef.extend({ node: Id, port: z.number().int().min(1).max(65535) }),
      out: PreviewView,
    },
  },
  streams: { 'session.watch': { in: SessionRef, out: SessionView } },
} as const
