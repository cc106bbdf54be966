/** The playground's part of the contract: nodes that the person chooses, without a lab. Its sessions are sessions. */
import { z } from 'zod'
import { SessionView } from './sessions'
import { Id, Nothing, SessionRef, type View } from './shapes'

/** The most characters of a compose file. */
export const LARGEST_COMPOSE = 65_536

/** A name for people, in one line. */
const PlaygroundName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\u2028-\u202e\u2066-\u2069]*$/u, 'write it in one line')

/** The name of a stack and of its folder in a node. Compose takes small letters only. */
export const StackName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'use small letters, digits, hyphens and underscores, 32 at most')

/** A version of Docker, such as "26.1". */
const EngineVersion = z.string().regex(/^\d{1,3}\.\d{1,3}(\.\d{1,3})?$/, 'write a version such as 26.1')

/** What fits is decided by the host, which knows the machine. */
export const PlaygroundChoice = z.object({
  name: PlaygroundName.default('Playground'),
  managers: z.number().int().min(0).max(99),
  workers: z.number().int().min(0).max(99),
  swarm: z.boolean().default(true),
  engine: EngineVersion.nullable().default(null),
})
export type PlaygroundChoice = View<typeof PlaygroundChoice>

export const PlaygroundOptions = z.object({
  /** How many nodes one more playground may have now. */
  nodes: z.number(),
  managers: z.number(),
  /** Why it is not more. */
  reason: z.string(),
  /** Versions of Docker that nodes can have, the oldest first. */
  engines: z.array(z.string()),
  usualEngine: z.string(),
})
export type PlaygroundOptions = View<typeof PlaygroundOptions>

/** Where a compose file is now, and the command that deploys it. Nothing has been deployed yet. */
export const PlacedCompose = z.object({ node: z.string(), path: z.string(), command: z.string() })
export type PlacedCompose = View<typeof PlacedCompose>

export const playgroundContract = {
  calls: {
    'playground.options': { in: Nothing, out: PlaygroundOptions },
    'playground.start': { in: PlaygroundChoice, out: SessionView },
    'playground.rename': { in: SessionRef.extend({ name: PlaygroundName }), out: SessionView },
    /** Stops the nodes and keeps everything in them. */
    'playground.save': { in: SessionRef, out: SessionView },
    /** Starts the nodes of a saved playground again. */
    'playground.continue': { in: SessionRef, out: SessionView },
    /** Removes the nodes with everything in them. */
    'playground.remove': { in: SessionRef, out: Nothing },
    'playground.addNode': {
      in: SessionRef.extend({ role: z.enum(['manager', 'worker']), join: z.boolean() }),
      out: SessionView,
    },
    /** With `leave`, the node leaves its swarm first, as its operator would let it. */
    'playground.removeNode': { in: SessionRef.extend({ node: Id, leave: z.boolean() }), out: SessionView },
    /** Keeps a compose file in a node, under /root, and names the command that deploys it there. */
    'playground.placeCompose': {
      in: SessionRef.extend({ name: StackName, text: z.string().min(1).max(LARGEST_COMPOSE) }),
      out: PlacedCompose,
    },
  },
  streams: {
    /** All playgrounds, running and saved, the newest first. */
    'playground.watch': { in: Nothing, out: z.array(SessionView) },
  },
} as const
