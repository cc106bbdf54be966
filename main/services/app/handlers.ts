/** The contract's handlers: each call finds its service and says no more than the contract names. */
import { CapstanError, type LabSession, type SessionSnapshot } from '../../../engine'
import { coalesce } from '../../../shared/observable'
import type { Contract, Handlers, SessionView } from '../../api'
import type { App } from './app'

/** Larger files are for the terminal. */
const LARGEST_FILE = 1024 * 1024

export function createHandlers(app: App): Handlers<Contract> {
  return { calls: callHandlers(app), streams: streamHandlers(app) }
}

function callHandlers(app: App): Handlers<Contract>['calls'] {
  const session = (id: string) => app.sessions().get(id)
  /** Does something with a session and answers with what it is then. */
  const after = async (id: string, work: (session: LabSession) => Promise<unknown>) => {
    await work(session(id))
    return view(session(id))
  }
  return {
    'app.state': async () => ({
      version: app.options.version,
      desktop: app.options.desktop,
      platform: process.platform,
      setup: app.setup.state.value,
    }),
    'app.doctor': async () => {
      const report = app.setup.doctor()
      return { ...report, problems: [...report.problems] }
    },
    'setup.retry': async () => {
      void app.setup.run()
      return {}
    },

    'lab.list': async () => app.labs.summaries(app.engine, app.sessionsIfReady()),
    'lab.open': async ({ labId }) => {
      const detail = app.labs.detail(labId, app.engine, app.sessionsIfReady())
      // Who looks at a lab probably starts it.
      if (!detail.sessionId) app.sessionsIfReady()?.expect(labId)
      return detail
    },

    'session.list': async () => app.sessions().list().map(view),
    'session.start': async ({ labId }) => {
      app.labs.mustTeach(labId)
      return view(await app.sessions().start(labId))
    },
    'session.check': async ({ sessionId }) => await after(sessionId, (one) => one.check()),
    'session.openStep': async ({ sessionId, stepId }) =>
      await after(sessionId, (one) => one.openStep(stepId)),
    'session.hint': async ({ sessionId, stepId }) => await after(sessionId, (one) => one.showHint(stepId)),
    'session.solution': async ({ sessionId, stepId }) =>
      await after(sessionId, (one) => one.showSolution(stepId)),
    'session.reset': async ({ sessionId }) => await after(sessionId, (one) => one.reset()),
    'session.act': async ({ sessionId, node, action }) =>
      await after(sessionId, (one) => one.switchNode(node, action)),
    'session.stop': async ({ sessionId }) => {
      await app.previews.closeSession(sessionId)
      await app.sessions().stop(sessionId)
      app.labsChanged()
      return {}
    },

    'preview.open': async ({ sessionId, node, port }) => await app.previews.open(sessionId, node, port),

    'terminal.open': async ({ sessionId, node, cols, rows }) => {
      if (node !== null) return await app.terminals.open(sessionId, node, { cols, rows })
      mustAllowHost(app)
      return await app.terminals.openHost(sessionId, { cols, rows })
    },
    'terminal.list': async ({ sessionId }) => app.terminals.list(sessionId),
    'terminal.write': async ({ terminalId, data }) => {
      app.terminals.write(terminalId, data)
      return {}
    },
    'terminal.resize': async ({ terminalId, cols, rows }) => {
      await app.terminals.resize(terminalId, { cols, rows })
      return {}
    },
    'terminal.ack': async ({ terminalId, chars }) => {
      app.terminals.acknowledge(terminalId, chars)
      return {}
    },
    'terminal.close': async ({ terminalId }) => {
      await app.terminals.close(terminalId)
      return {}
    },

    'file.list': async ({ sessionId, node, path }) => await session(sessionId).node(node).listFiles(path),
    'file.read': async ({ sessionId, node, path }) => ({
      content: asText(path, await session(sessionId).node(node).readFile(path, { maxBytes: LARGEST_FILE })),
    }),
    'file.write': async ({ sessionId, node, path, content }) => {
      await session(sessionId).node(node).writeFile(path, content)
      session(sessionId).lookSoon()
      return {}
    },

    'exam.blueprint': async () => (await app.exams()).blueprint(),
    'exam.list': async () => await (await app.exams()).list(),
    'exam.start': async (input) => ({ attemptId: await (await app.exams()).start(input) }),
    'exam.move': async ({ attemptId, item }) =>
      await (await app.exams()).act(attemptId, { kind: 'moved', item }),
    'exam.choose': async ({ attemptId, item, options }) =>
      await (await app.exams()).act(attemptId, { kind: 'chose', item, options }),
    'exam.decide': async ({ attemptId, item, option, yes }) =>
      await (await app.exams()).act(attemptId, { kind: 'decided', item, option, yes }),
    'exam.flag': async ({ attemptId, item, on }) =>
      await (await app.exams()).act(attemptId, { kind: 'flagged', item, on }),
    'exam.reveal': async ({ attemptId, item }) => await (await app.exams()).reveal(attemptId, item),
    'exam.end': async ({ attemptId }) =>
      await (await app.exams()).act(attemptId, { kind: 'ended', by: 'candidate' }),
    'exam.result': async ({ attemptId }) => await (await app.exams()).result(attemptId),

    'progress.overview': async () => await (await app.progress()).overview(),
    'progress.reviews': async () => await (await app.progress()).reviews(),
    'progress.statistics': async () => await (await app.progress()).statistics(),
    'progress.export': async ({ format }) => await (await app.progress()).export(format),
    'progress.review': async ({ most }) => ({ attemptId: await (await app.progress()).startReview(most) }),
    'progress.drill': async ({ objectives, length }) => ({
      attemptId: await (await app.progress()).startDrill(objectives, length),
    }),
    'handsOn.list': async () => await (await app.handsOn()).list(),
    'handsOn.start': async (input) => ({ attemptId: await (await app.handsOn()).start(input) }),
    'handsOn.open': async ({ attemptId, task }) => await (await app.handsOn()).open(attemptId, task),
    'handsOn.handIn': async ({ attemptId, task }) => await (await app.handsOn()).handIn(attemptId, task),
    'handsOn.end': async ({ attemptId }) => await (await app.handsOn()).end(attemptId),
    'handsOn.result': async ({ attemptId }) => await (await app.handsOn()).result(attemptId),

    'settings.get': async () => app.options.store.settings(),
    'settings.set': async (change) => await app.saveSettings(JSON.parse(JSON.stringify(change))),
  }
}

function streamHandlers(app: App): Handlers<Contract>['streams'] {
  return {
    'setup.watch': (_input, emit) => app.setup.state.watch(emit),
    'lab.watch': (_input, emit) => app.summaries.watch(emit),
    'session.watch': ({ sessionId }, emit) => {
      const session = app.sessions().get(sessionId)
      emit(view(session))
      return session.onChange(coalesce(() => emit(view(session))))
    },
    'terminal.watch': ({ sessionId }, emit) => app.terminals.watch(sessionId, emit),
    'terminal.output': ({ terminalId }, emit) => app.terminals.output(terminalId, emit),
    'exam.watch': async ({ attemptId }, emit) => await (await app.exams()).watch(attemptId, emit),
    'handsOn.watch': async ({ attemptId }, emit) => await (await app.handsOn()).watch(attemptId, emit),
    'notice.watch': (_input, emit) => app.options.notices.watch(emit),
  }
}

function mustAllowHost({ options }: App): void {
  if (options.desktop && options.store.settings().hostTerminal) return
  throw new CapstanError('capability-missing', 'A terminal on this computer is not allowed here.', {
    help: options.desktop ? 'Allow it in the settings.' : 'It is offered by the desktop app only.',
  })
}

/** @throws CapstanError `bad-input` for a file that is not text: saving it from the editor would spoil it */
function asText(path: string, content: Buffer): string {
  try {
    if (content.includes(0)) throw new TypeError('binary')
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch (error) {
    throw new CapstanError('bad-input', `${path} is not a text file.`, {
      help: 'Look at it in the terminal.',
      cause: error,
    })
  }
}

function view(session: LabSession): SessionView {
  return mutable(session.snapshot())
}

/** A snapshot is read-only and the contract's type is not; the copy is what goes over the wire anyway. */
function mutable(snapshot: SessionSnapshot): SessionView {
  return structuredClone(snapshot) as SessionView
}
