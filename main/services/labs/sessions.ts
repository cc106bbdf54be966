/** Sessions of labs, as far as the services use them. The engine's session manager is one. */
import type { Duplex } from 'node:stream'
import type {
  AddedNode,
  CommandItem,
  FileChange,
  FileEntry,
  LabSession,
  LoadedLab,
  NodeAction,
  OpenTerminalOptions,
  PlaygroundChoice,
  PlaygroundMachine,
  SessionSnapshot,
  Terminal,
} from '../../../engine'

export interface SessionNode {
  /** Opens a connection to a TCP port inside the node. */
  dial(port: number): Promise<Duplex>
  listFiles(path: string): Promise<readonly FileEntry[]>
  readFile(path: string, options: { readonly maxBytes: number }): Promise<Buffer>
  /** @throws CapstanError `file-changed` when the file is not of that version */
  writeFile(path: string, content: string, options?: { readonly version?: string | undefined }): Promise<void>
  changeFile(change: FileChange): Promise<void>
  stampOf(folders: readonly string[]): Promise<string>
  readPart(path: string, part: { readonly offset: number; readonly length: number }): Promise<Buffer>
  writePart(
    path: string,
    part: { readonly offset: number; readonly content: Buffer; readonly isLast: boolean },
  ): Promise<void>
}

export type SessionTerminal = Pick<
  Terminal,
  'id' | 'node' | 'title' | 'exitCode' | 'attach' | 'write' | 'run' | 'resize' | 'close'
>

export interface Session extends Pick<LabSession, 'id' | 'state' | 'grade' | 'onChange'> {
  readonly gate: Pick<LabSession['gate'], 'shut' | 'open'>
  readonly map: Pick<LabSession['map'], 'watch' | 'inspect'>
  readonly lab: Pick<LoadedLab, 'id' | 'kind'>
  readonly playground: Pick<LabSession['playground'], 'rename' | 'save' | 'removeNode' | 'placeCompose'>
  snapshot(): SessionSnapshot
  check(): Promise<unknown>
  openStep(stepId: string): Promise<void>
  showHint(stepId: string): Promise<void>
  showSolution(stepId: string): Promise<void>
  reset(stepId?: string): Promise<void>
  switchNode(node: string, action: NodeAction): Promise<void>
  lookSoon(): void
  /** @throws CapstanError `not-found`, `session-state` */
  node(name: string): SessionNode
  openTerminal(node: string, options: OpenTerminalOptions): Promise<SessionTerminal>
  terminals(): readonly SessionTerminal[]
  /** @throws CapstanError `not-found`, `node-gone` */
  renewTerminal(id: string): Promise<void>
  closeTerminal(id: string): Promise<void>
}

export interface Sessions {
  /** @throws CapstanError `not-found` */
  get(id: string): Session
  list(): readonly Session[]
  /** @throws CapstanError `not-found`, `session-exists`, `session-state`, `capability-missing` */
  start(labId: string, stepId?: string): Promise<Session>
  /** @throws CapstanError `bad-input` for a choice that does not fit the machine */
  startPlayground(choice: PlaygroundChoice): Promise<Session>
  /** @throws CapstanError `bad-input` for an item that cannot be run */
  startCommand(item: Omit<CommandItem, 'id'>): Promise<Session>
  /** @throws CapstanError `not-found`, `bad-input` */
  continuePlayground(id: string): Promise<Session>
  /** @throws CapstanError `not-found`, `bad-input`, `session-state` */
  addNode(id: string, added: AddedNode): Promise<string>
  /** The machine of the nodes, and how many run there now. */
  machine(): PlaygroundMachine
  stop(id: string): Promise<void>
  /** The lab will probably be started soon: its nodes may be made ready. */
  expect(labId: string): void
  /** Finds the sessions of an earlier process. */
  resume(): Promise<void>
  /** @returns a function that stops the listening */
  onChange(listener: (session: Session) => void): () => void
  /** @returns a function that stops the listening */
  onRemoved(listener: (session: Session) => void): () => void
  dispose(options: { readonly keepNodes: boolean }): Promise<void>
}
