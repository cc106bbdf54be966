/** The calls of labs, their sessions, terminals and maps: each finds its service. */
import { coalesce } from '../../../shared/observable'
import type { Handlers, labsContract, mapContract, sessionsContract, terminalsContract } from '../../api'
import type { LabsService } from './catalogue'
import type { Previews } from './previews'
import type { Session, Sessions } from './sessions'
import type { Terminals } from './terminals'

export function labHandlers(labs: LabsService): Handlers<typeof labsContract> {
  return {
    calls: {
      'lab.list': async () => {
        await labs.loaded()
        return labs.list()
      },
      'lab.open': async ({ labId }) => {
        await labs.loaded()
        const detail = labs.detail(labId)
        labs.looksAt(detail)
        return detail
      },
      'lab.allow': async ({ labId, hash }) => {
        await labs.loaded()
        return await done(labs.allow(labId, hash))
      },
    },
    streams: {
      'lab.watch': async (_input, emit) => {
        await labs.loaded()
        return labs.summaries.watch(emit)
      },
    },
  }
}

export interface SessionServices {
  readonly labs: Pick<LabsService, 'refuseTask'>
  readonly previews: Pick<Previews, 'open'>
  /** @throws CapstanError `no-engine` while there is no engine */
  readonly sessions: () => Sessions
}

export function sessionHandlers({
  labs,
  previews,
  sessions,
}: SessionServices): Handlers<typeof sessionsContract> {
  /** Does something with a session and answers with what it is then. */
  const after = async (id: string, work: (session: Session) => Promise<unknown>) => {
    await work(sessions().get(id))
    return sessions().get(id).snapshot()
  }
  return {
    calls: {
      'session.list': async () =>
        sessions()
          .list()
          .map((session) => session.snapshot()),
      'session.start': async ({ labId, stepId }) => {
        labs.refuseTask(labId)
        return (await sessions().start(labId, stepId)).snapshot()
      },
      'session.check': async ({ sessionId }) => await after(sessionId, (one) => one.check()),
      'session.openStep': async ({ sessionId, stepId }) =>
        await after(sessionId, (one) => one.openStep(stepId)),
      'session.hint': async ({ sessionId, stepId }) => await after(sessionId, (one) => one.showHint(stepId)),
      'session.solution': async ({ sessionId, stepId }) =>
        await after(sessionId, (one) => one.showSolution(stepId)),
      'session.reset': async ({ sessionId, stepId }) => await after(sessionId, (one) => one.reset(stepId)),
      'session.switchNode': async ({ sessionId, node, action }) =>
        await after(sessionId, (one) => one.switchNode(node, action)),
      'session.stop': async ({ sessionId }) => await done(sessions().stop(sessionId)),
      'preview.open': async ({ sessionId, node, port }) => await previews.open(sessionId, node, port),
    },
    streams: {
      'session.watch': ({ sessionId }, emit) => {
        const session = sessions().get(sessionId)
        emit(session.snapshot())
        return session.onChange(coalesce(() => emit(session.snapshot())))
      },
    },
  }
}

export function terminalHandlers(terminals: Terminals): Handlers<typeof terminalsContract> {
  return {
    calls: {
      'terminal.open': async ({ sessionId, node, cols, rows }) =>
        await terminals.open(sessionId, node, { cols, rows }),
      'terminal.list': async ({ sessionId }) => terminals.list(sessionId),
      'terminal.write': async ({ terminalId, data }) => await done(terminals.write(terminalId, data)),
      'terminal.run': async ({ terminalId, code }) => ({ ran: await terminals.run(terminalId, code) }),
      'terminal.resize': async ({ terminalId, cols, rows }) =>
        await done(terminals.resize(terminalId, { cols, rows })),
      'terminal.ack': async ({ terminalId, chars }) => await done(terminals.acknowledge(terminalId, chars)),
      'terminal.renew': async ({ terminalId }) => await done(terminals.renew(terminalId)),
      'terminal.close': async ({ terminalId }) => await done(terminals.close(terminalId)),
    },
    streams: {
      'terminal.watch': ({ sessionId }, emit) => terminals.watch(sessionId, emit),
      'terminal.output': ({ terminalId }, emit) => terminals.output(terminalId, emit),
    },
  }
}

export function mapHandlers(sessions: () => Pick<Sessions, 'get'>): Handlers<typeof mapContract> {
  return {
    calls: {
      'map.inspect': async ({ sessionId, ...thing }) => await sessions().get(sessionId).map.inspect(thing),
    },
    streams: {
      'map.watch': ({ sessionId }, emit) => sessions().get(sessionId).map.watch(emit),
    },
  }
}

/** The answer of a call that has nothing to say, once its work is done. */
async function done(work: void | Promise<void>): Promise<Record<string, never>> {
  await work
  return {}
}
