/**
 * The contract between the window and everything behind it: one value of zod schemas.
 *
 * Both transports (Electron's message port, the web host's WebSocket) serve exactly this. Every value is
 * JSON-safe, requests are parsed on the way in and answers on the way out, so a field that is not named here
 * (a solution, an answer key) cannot leave by accident.
 */
import { z } from 'zod'
import { examCalls, examStreams } from './exam'
import { handsOnCalls, handsOnStreams } from './hands-on'
import { progressCalls } from './progress'

/** Something that went wrong, in the user's words, with a way out. */
export const Problem = z.object({
  code: z.string(),
  message: z.string(),
  help: z.string().nullable(),
})
export type Problem = z.infer<typeof Problem>

/** One line of the first-run page: finding the engine, preparing an image, and so on. */
export const SetupTask = z.object({
  id: z.string(),
  label: z.string(),
  detail: z.string().nullable(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  /** Share done, 0 to 1; null while it cannot be told. */
  fraction: z.number().min(0).max(1).nullable(),
  /** How long the task may take, in seconds; null when it is over in a moment. */
  estimateSeconds: z.number().nullable(),
})
export type SetupTask = z.infer<typeof SetupTask>

export const EngineView = z.object({
  source: z.enum(['settings', 'environment', 'default', 'private']),
  endpoint: z.string(),
  version: z.string(),
})
export type EngineView = z.infer<typeof EngineView>

export const SetupState = z.object({
  phase: z.enum(['running', 'ready', 'failed']),
  tasks: z.array(SetupTask),
  engine: EngineView.nullable(),
  problem: Problem.nullable(),
})
export type SetupState = z.infer<typeof SetupState>

export const AppState = z.object({
  version: z.string(),
  /** True in the Electron shell, false in a browser on the web host. */
  desktop: z.boolean(),
  platform: z.string(),
  setup: SetupState,
})
export type AppState = z.infer<typeof AppState>

export const DoctorReport = z.object({
  ok: z.boolean(),
  engine: EngineView.nullable(),
  capabilities: z.record(z.string(), z.union([z.boolean(), z.number(), z.string()])),
  problems: z.array(z.object({ message: z.string(), help: z.string() })),
})
export type DoctorReport = z.infer<typeof DoctorReport>

export const Difficulty = z.enum(['easy', 'medium', 'hard'])

export const LabSummary = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  domain: z.string(),
  objectives: z.array(z.string()),
  difficulty: Difficulty,
  minutes: z.number(),
  requires: z.array(z.string()),
  /** Required capabilities that this engine does not have; empty when the lab can be started. */
  missing: z.array(z.string()),
  nodes: z.array(z.string()),
  stepCount: z.number(),
  stepsDone: z.number(),
  completedAt: z.string().nullable(),
  /** The session in which this lab is open now, if there is one. */
  sessionId: z.string().nullable(),
  /** Why the lab's files cannot be used, if they cannot. */
  problem: Problem.nullable(),
})
export type LabSummary = z.infer<typeof LabSummary>

export const LabStep = z.object({
  id: z.string(),
  title: z.string(),
  markdown: z.string(),
  hintCount: z.number(),
  hasSolution: z.boolean(),
})
export type LabStep = z.infer<typeof LabStep>

export const LabDetail = LabSummary.extend({ steps: z.array(LabStep) })
export type LabDetail = z.infer<typeof LabDetail>

export const CheckView = z.object({
  name: z.string(),
  node: z.string(),
  state: z.enum(['pending', 'green', 'red', 'error']),
  /** A guard holds from the start and must go on holding; it does not ask the student to do anything. */
  guard: z.boolean(),
  expected: z.string(),
  found: z.string(),
  explanation: z.string(),
})
export type CheckView = z.infer<typeof CheckView>

export const StepView = z.object({
  id: z.string(),
  state: z.enum(['locked', 'open', 'done']),
  checks: z.array(CheckView),
  /** Markdown of the hints the student has asked for so far. */
  hints: z.array(z.string()),
  /** The solution's script, once the student has asked for it. */
  solution: z.string().nullable(),
})
export type StepView = z.infer<typeof StepView>

export const NodeAction = z.enum(['start', 'stop', 'kill', 'restart', 'cut', 'rejoin'])
export type NodeAction = z.infer<typeof NodeAction>

export const NodeView = z.object({
  name: z.string(),
  /** `cut`: it runs, on no network. */
  state: z.enum(['starting', 'running', 'stopped', 'cut', 'gone']),
  /** TCP ports that its containers and services are published on. */
  ports: z.array(z.number()),
})
export type NodeView = z.infer<typeof NodeView>

export const SessionView = z.object({
  id: z.string(),
  labId: z.string(),
  state: z.enum(['starting', 'running', 'resetting', 'stopping', 'stopped', 'broken']),
  /** What is being done while the state is one of the -ing ones. */
  activity: z.string().nullable(),
  startedAt: z.string(),
  /** The step whose checks are live. */
  currentStep: z.string(),
  steps: z.array(StepView),
  nodes: z.array(NodeView),
  completed: z.boolean(),
  /** Something the student should know, such as "your nodes were started again". */
  notice: z.string().nullable(),
  problem: Problem.nullable(),
})
export type SessionView = z.infer<typeof SessionView>

/** A door on this machine's loopback to a port inside a node. */
export const PreviewView = z.object({ node: z.string(), port: z.number(), url: z.string() })
export type PreviewView = z.infer<typeof PreviewView>

export const TerminalView = z.object({
  id: z.string(),
  sessionId: z.string().nullable(),
  /** The lab node, or null for the student's own shell on the host (desktop only). */
  node: z.string().nullable(),
  title: z.string(),
  /** Null while it runs. */
  exitCode: z.number().nullable(),
})
export type TerminalView = z.infer<typeof TerminalView>

export const TerminalFrame = z.discriminatedUnion('kind', [
  /** The screen and scrollback so far, as one string of escape sequences; always the first frame. */
  z.object({ kind: z.literal('snapshot'), data: z.string(), cols: z.number(), rows: z.number() }),
  z.object({ kind: z.literal('data'), data: z.string() }),
  z.object({ kind: z.literal('exit'), code: z.number() }),
])
export type TerminalFrame = z.infer<typeof TerminalFrame>

export const FileEntry = z.object({
  name: z.string(),
  path: z.string(),
  type: z.enum(['file', 'directory', 'symlink', 'other']),
  /** Bytes. */
  size: z.number(),
})
export type FileEntry = z.infer<typeof FileEntry>

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  engine: z.object({
    mode: z.enum(['auto', 'custom', 'private']),
    /** unix:///…, tcp://host:2376 or ssh://user@host; used when the mode is custom. */
    endpoint: z.string(),
    /** Folder with ca.pem, cert.pem and key.pem, for tcp with TLS. */
    tlsDirectory: z.string(),
  }),
  terminal: z.object({
    fontSize: z.number().int().min(8).max(32),
    scrollback: z.number().int().min(100).max(100_000),
  }),
  /** Per cent of an exam that is a pass; the guide does not publish it. */
  passMark: z.number().min(1).max(100),
  /** Offers a shell on the student's own machine in the desktop app. */
  hostTerminal: z.boolean(),
  /** Pane sizes by name, in per cent. */
  layouts: z.record(z.string(), z.record(z.string(), z.number())),
})
export type Settings = z.infer<typeof Settings>

export const Notice = z.object({
  id: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  help: z.string().nullable(),
})
export type Notice = z.infer<typeof Notice>

const Nothing = z.object({})
const SessionRef = z.object({ sessionId: z.string() })
const StepRef = SessionRef.extend({ stepId: z.string() })
const TerminalRef = z.object({ terminalId: z.string() })
const FileRef = SessionRef.extend({ node: z.string(), path: z.string() })
const TerminalSize = z.object({
  cols: z.number().int().min(2).max(1000),
  rows: z.number().int().min(1).max(1000),
})

export const contract = {
  /** Asked once, answered once. */
  calls: {
    'app.state': { in: Nothing, out: AppState },
    'app.doctor': { in: Nothing, out: DoctorReport },
    /** Runs the set-up again after a failure. */
    'setup.retry': { in: Nothing, out: Nothing },

    'lab.list': { in: Nothing, out: z.array(LabSummary) },
    'lab.open': { in: z.object({ labId: z.string() }), out: LabDetail },

    'session.list': { in: Nothing, out: z.array(SessionView) },
    /** Fails with code `session-exists` when the lab is open already; the message names the session. */
    'session.start': { in: z.object({ labId: z.string() }), out: SessionView },
    'session.check': { in: SessionRef, out: SessionView },
    /** Opens the step after a done one, or goes back to an earlier one. */
    'session.openStep': { in: StepRef, out: SessionView },
    'session.hint': { in: StepRef, out: SessionView },
    'session.solution': { in: StepRef, out: SessionView },
    'session.reset': { in: SessionRef, out: SessionView },
    'session.stop': { in: SessionRef, out: Nothing },
    /** Switches a node on or off, or takes it off its networks and back. */
    'session.act': { in: SessionRef.extend({ node: z.string(), action: NodeAction }), out: SessionView },

    /** Opens a door to a port of a node; the same one when it is open already. */
    'preview.open': {
      in: SessionRef.extend({ node: z.string(), port: z.number().int().min(1).max(65535) }),
      out: PreviewView,
    },

    /** `node` null opens the host's shell: desktop only, and only when the settings allow it. */
    'terminal.open': {
      in: z.object({ sessionId: z.string(), node: z.string().nullable() }).extend(TerminalSize.shape),
      out: TerminalView,
    },
    'terminal.list': { in: SessionRef, out: z.array(TerminalView) },
    'terminal.write': { in: TerminalRef.extend({ data: z.string().max(1_000_000) }), out: Nothing },
    'terminal.resize': { in: TerminalRef.extend(TerminalSize.shape), out: Nothing },
    /** Characters the page has drawn; the stream pauses when too many are outstanding. */
    'terminal.ack': { in: TerminalRef.extend({ chars: z.number().int().min(0) }), out: Nothing },
    'terminal.close': { in: TerminalRef, out: Nothing },

    'file.list': { in: FileRef, out: z.array(FileEntry) },
    'file.read': { in: FileRef, out: z.object({ content: z.string() }) },
    'file.write': { in: FileRef.extend({ content: z.string().max(1_000_000) }), out: Nothing },

    ...examCalls,
    ...handsOnCalls,
    ...progressCalls,

    'settings.get': { in: Nothing, out: Settings },
    'settings.set': { in: Settings.partial(), out: Settings },
  },
  /** Asked once, answered by a current value first and then by every change until the asker stops. */
  streams: {
    'setup.watch': { in: Nothing, out: SetupState },
    'lab.watch': { in: Nothing, out: z.array(LabSummary) },
    'session.watch': { in: SessionRef, out: SessionView },
    'terminal.watch': { in: SessionRef, out: z.array(TerminalView) },
    'terminal.output': { in: TerminalRef, out: TerminalFrame },
    ...examStreams,
    ...handsOnStreams,
    'notice.watch': { in: Nothing, out: Notice },
  },
} as const

export type Contract = typeof contract
