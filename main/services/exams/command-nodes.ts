/** The nodes of command items: a practice has one while its item is looked at, and it is given back after that. */
import { type CommandItem, type LabSession, type SessionSnapshot, settled } from '../../../engine'
import type { RanCheck } from '../../../exam'
import { CapstanError, isCapstanError } from '../../../shared/errors'
import { KeyedTurns } from '../../../shared/turns'
import { type Alarm, systemAlarm } from '../attempts'

/** For so long a page may be away, as while it is loaded again; milliseconds. */
const AWAY_MS = 60_000

/** The part of a session that is used here. */
export interface CommandSession extends Pick<LabSession, 'id' | 'state' | 'onChange' | 'grade'> {
  snapshot(): Pick<SessionSnapshot, 'state' | 'problem'>
}

/** The part of the session manager that is used here. */
export interface CommandSessions {
  list(): readonly CommandSession[]
  startCommand(item: Omit<CommandItem, 'id'>): Promise<CommandSession>
  stop(sessionId: string): Promise<void>
}

export interface CommandNodesOptions {
  /** Null while there is no engine. */
  readonly sessions: () => CommandSessions | null
  readonly onError: (message: string, error: unknown) => void
  readonly alarm?: Alarm
}

interface Held {
  /** The index of the item in the form. */
  readonly item: number
  readonly sessionId: string
}

export class CommandNodes {
  readonly #options: CommandNodesOptions
  /** By the id of the attempt. */
  readonly #held = new Map<string, Held>()
  readonly #turns = new KeyedTurns<string>()
  /** How many pages show each attempt. */
  readonly #pages = new Map<string, number>()
  /** Cancels the alarm of an attempt that no page shows. */
  readonly #alarms = new Map<string, () => void>()

  constructor(options: CommandNodesOptions) {
    this.#options = options
  }

  /** Id of the session that holds the node of an item; null when it has none. */
  sessionOf(attemptId: string, item: number): string | null {
    return this.#find(attemptId, item)?.id ?? null
  }

  /** Gives the item a node, unless it has one. @throws CapstanError `no-engine`, `bad-input` */
  async take(attemptId: string, item: number, command: Omit<CommandItem, 'id'>): Promise<void> {
    await this.#turns.run(attemptId, async () => {
      if (this.#find(attemptId, item)) return
      await this.#release(attemptId)
      const { id } = await this.#sessions().startCommand(command)
      this.#held.set(attemptId, { item, sessionId: id })
    })
    if (!this.#pages.has(attemptId)) this.#waitForPage(attemptId)
  }

  /**
   * A page shows the attempt. A browser that is closed says nothing more, so the node is given back when no page has shown
   * the attempt for a while.
   * @returns a function to call once, when the page no longer shows it
   */
  shown(attemptId: string): () => void {
    this.#stopWaiting(attemptId)
    this.#pages.set(attemptId, (this.#pages.get(attemptId) ?? 0) + 1)
    return () => {
      const left = (this.#pages.get(attemptId) ?? 1) - 1
      if (left > 0) return void this.#pages.set(attemptId, left)
      this.#pages.delete(attemptId)
      this.#waitForPage(attemptId)
    }
  }

  /**
   * Ends what was started in the node, lets the checks look at it, and gives it back.
   * @throws CapstanError `session-state` when the item has no node that runs: it can be tried again with another one
   */
  async judge(attemptId: string, item: number): Promise<RanCheck[]> {
    return await this.#turns.run(attemptId, async () => {
      const session = this.#find(attemptId, item)
      if (!session) throw noNode()
      try {
        return await judged(session)
      } finally {
        await this.#release(attemptId)
      }
    })
  }

  /** Gives back the node of an attempt, unless it is that of this item. @param item null for no item */
  async leave(attemptId: string, item: number | null): Promise<void> {
    await this.#turns.run(attemptId, async () => {
      if (this.#held.get(attemptId)?.item !== item) await this.#release(attemptId)
    })
  }

  /** Gives back all nodes. */
  async dispose(): Promise<void> {
    for (const attemptId of this.#alarms.keys()) this.#stopWaiting(attemptId)
    await Promise.all([...this.#held.keys()].map((attemptId) => this.leave(attemptId, null)))
  }

  #waitForPage(attemptId: string): void {
    if (!this.#held.has(attemptId)) return
    this.#stopWaiting(attemptId)
    const { alarm = systemAlarm } = this.#options
    this.#alarms.set(
      attemptId,
      alarm(() => {
        this.#alarms.delete(attemptId)
        // What goes wrong with it is logged where it happens.
        void this.leave(attemptId, null)
      }, AWAY_MS),
    )
  }

  #stopWaiting(attemptId: string): void {
    this.#alarms.get(attemptId)?.()
    this.#alarms.delete(attemptId)
  }

  #find(attemptId: string, item: number): CommandSession | null {
    const held = this.#held.get(attemptId)
    if (held?.item !== item) return null
    const sessions = this.#options.sessions()?.list() ?? []
    const isLeaving = ({ state }: CommandSession) => state === 'stopping' || state === 'stopped'
    return sessions.find((session) => session.id === held.sessionId && !isLeaving(session)) ?? null
  }

  async #release(attemptId: string): Promise<void> {
    const held = this.#held.get(attemptId)
    if (!held) return
    this.#held.delete(attemptId)
    try {
      await this.#options.sessions()?.stop(held.sessionId)
    } catch (error) {
      // A session that is gone already needs no end, and one that stays is removed at the next start.
      if (!isCapstanError(error, 'not-found'))
        this.#options.onError(`session ${held.sessionId} not removed`, error)
    }
  }

  #sessions(): CommandSessions {
    const sessions = this.#options.sessions()
    if (sessions) return sessions
    throw new CapstanError('no-engine', 'The engine is not ready, so there is no node for this question.', {
      help: 'Wait a moment, or skip the question: it does not count until you have tried it.',
    })
  }
}

async function judged(session: CommandSession): Promise<RanCheck[]> {
  await settled(session)
  const { state, problem } = session.snapshot()
  if (state !== 'running')
    throw new CapstanError('session-state', problem?.message ?? 'The node does not run.', {
      help: 'Take another node, and try again.',
    })
  try {
    const { checks } = await session.grade()
    return checks.map(({ name, state: colour, expected, found, explanation }) => ({
      ...{ name, expected, found, explanation },
      green: colour === 'green',
    }))
  } catch (error) {
    // Only the student can have started it, and no other try would end it.
    if (!isCapstanError(error, 'work-goes-on')) throw error
    const explanation = error.message
    return [{ name: 'What you started has ended', green: false, expected: '', found: '', explanation }]
  }
}

function noNode(): CapstanError {
  return new CapstanError('session-state', 'This question has no node yet, or its node is gone.', {
    help: 'Take a node, and type the command in its terminal.',
  })
}
