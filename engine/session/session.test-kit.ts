/** Sessions on fakes, and the conditions that their tests wait for. */
import { expect, onTestFinished } from 'vitest'
import type { LoadedLab } from '../labs'
import { FakeTopologies } from './fakes.test-kit'
import { LabSession } from './lab-session'
import { aLab, aResult } from './labs.test-kit'
import type { SessionManagerOptions } from './manager'
import { recordsInMemory, type SessionRecord, type SessionRecords } from './record'
import { newRecord } from './steps'

export const NO_FEATURES: SessionManagerOptions['engine']['capabilities'] = {
  cgroup: 2,
  memory: 8192,
  cores: 2,
  kernel: '6.1',
  storage: 'overlay2',
  ipvs: false,
  vxlan: false,
  esp: false,
  macvlan: false,
  ipvlan: false,
  nf_tables: false,
  nfs: false,
  userns: false,
}

export interface OpenedSession {
  readonly session: LabSession
  readonly records: SessionRecords
  readonly topologies: FakeTopologies
  /** Names of the checks that are green. */
  readonly green: Set<string>
  /** Names of the checks that were evaluated, in order. */
  readonly evaluated: string[]
  /** The record on the disk. */
  saved(): Promise<SessionRecord | undefined>
}

export interface OpenOptions {
  readonly lab?: LoadedLab
  readonly record?: Partial<SessionRecord>
  readonly records?: SessionRecords
  readonly topologies?: FakeTopologies
}

/** A session on fakes. Nothing has been started; what a test starts ends with the test. */
export function openSession(options: OpenOptions = {}): OpenedSession {
  const { lab = aLab(), records = recordsInMemory(), topologies = new FakeTopologies() } = options
  const record = { ...newRecord({ id: 's1', lab, kind: 'student' }), ...options.record }
  const green = new Set<string>()
  const evaluated: string[] = []
  const session = new LabSession({
    lab,
    record,
    records,
    topologies,
    evaluate: async ({ name }) => {
      evaluated.push(name)
      return aResult(green.has(name) ? 'green' : 'red')
    },
  })
  onTestFinished(() => session.detach())
  const saved = async () => (await records.list()).find(({ id }) => id === record.id)
  return { session, records, topologies, green, evaluated, saved }
}

/** A session on fakes that runs. */
export async function runningSession(options: OpenOptions = {}): Promise<OpenedSession> {
  const opened = openSession(options)
  await opened.session.start()
  expect(opened.session.state).toBe('running')
  return opened
}

/** A promise that a test settles. */
export function gate(): { readonly opened: Promise<void>; open(): void; fail(error: Error): void } {
  let open: () => void = () => undefined
  let fail: (error: Error) => void = () => undefined
  const opened = new Promise<void>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  return { opened, open: () => open(), fail: (error) => fail(error) }
}

/** Work that ends only when it is given up. */
export async function untilAborted({ signal }: { readonly signal: AbortSignal }): Promise<never> {
  signal.throwIfAborted()
  return await new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
