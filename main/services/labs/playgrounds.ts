/** The calls of playgrounds. Each is a session whose nodes the person has chosen. */
import { DEFAULT_ENGINE, packagedVersions, roomFor } from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import { coalesce } from '../../../shared/observable'
import type { Handlers, playgroundContract } from '../../api'
import type { Session, Sessions } from './sessions'

export function playgroundHandlers(sessions: () => Sessions): Handlers<typeof playgroundContract> {
  /** Does something with a playground and answers with what it is then. */
  const after = async (id: string, work: (session: Session) => Promise<unknown>) => {
    const session = playgroundCalled(sessions(), id)
    await work(session)
    return session.snapshot()
  }
  return {
    calls: {
      'playground.options': async () => ({
        ...roomFor(sessions().machine()),
        engines: packagedVersions(),
        usualEngine: DEFAULT_ENGINE,
      }),
      'playground.start': async (choice) => (await sessions().startPlayground(choice)).snapshot(),
      'playground.rename': async ({ sessionId, name }) =>
        await after(sessionId, ({ playground }) => playground.rename(name)),
      'playground.save': async ({ sessionId }) =>
        await after(sessionId, ({ playground }) => playground.save()),
      'playground.continue': async ({ sessionId }) =>
        await after(sessionId, () => sessions().continuePlayground(sessionId)),
      'playground.remove': async ({ sessionId }) => {
        playgroundCalled(sessions(), sessionId)
        await sessions().stop(sessionId)
        return {}
      },
      'playground.addNode': async ({ sessionId, ...added }) =>
        await after(sessionId, () => sessions().addNode(sessionId, added)),
      'playground.removeNode': async ({ sessionId, node, leave }) =>
        await after(sessionId, ({ playground }) => playground.removeNode(node, { leaves: leave })),
      'playground.placeCompose': async ({ sessionId, ...compose }) =>
        await playgroundCalled(sessions(), sessionId).playground.placeCompose(compose),
    },
    streams: {
      'playground.watch': (_input, emit) => watchPlaygrounds(sessions(), emit),
    },
  }
}

type Emit = (playgrounds: ReturnType<Session['snapshot']>[]) => void

function watchPlaygrounds(sessions: Sessions, emit: Emit): () => void {
  const look = () => emit(playgroundsOf(sessions))
  const lookSoon = coalesce(look)
  const ofPlayground = (session: Session) => {
    if (isPlayground(session)) lookSoon()
  }
  const stops = [sessions.onChange(ofPlayground), sessions.onRemoved(ofPlayground)]
  look()
  return () => {
    for (const stop of stops) stop()
  }
}

/** The newest first. */
function playgroundsOf(sessions: Sessions) {
  return sessions
    .list()
    .filter(isPlayground)
    .map((session) => session.snapshot())
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
}

function isPlayground({ lab }: Session): boolean {
  return lab.kind === 'playground'
}

/** @throws CapstanError `not-found` for what is no playground */
function playgroundCalled(sessions: Sessions, id: string): Session {
  const session = sessions.get(id)
  if (isPlayground(session)) return session
  throw new CapstanError('not-found', `There is no playground ${id}.`, { help: 'Choose one from the list.' })
}
