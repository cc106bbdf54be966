/** An app without Docker, for tests: its engine and its sessions are fakes, everything else is real. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { App, Notices } from '../../main/services'
import type { AppOptions } from '../../main/services/app'
import type { AppEngine } from '../../main/services/app/engine'
import { openStore, type Store } from '../../main/store'
import { Emitter } from '../../shared/observable'
import { FakeSessions } from './sessions'

export const RESOURCES = fileURLToPath(new URL('../..', import.meta.url))

export class FakeEngine implements AppEngine {
  readonly view = { source: 'default', endpoint: 'unix:///fake.sock', version: '28.0.0' } as const
  readonly isolation = 'host-root'
  readonly gone = new Emitter()
  /** The events of the engine, in order. */
  readonly done: string[]
  lacks: readonly string[] = []
  sessions = new FakeSessions()
  preparing: Promise<void> = Promise.resolve()

  /** @param done a list that several fakes may share, to see their order */
  constructor(done: string[] = []) {
    this.done = done
  }

  async report() {
    const timeLimits = { factor: 1, source: 'default' } as const
    return {
      ok: true,
      engine: this.view,
      capabilities: { memory: 8_000 },
      problems: [],
      timeLimits,
      tried: [],
    }
  }

  missing(): readonly string[] {
    return this.lacks
  }

  onGone(listener: () => void): () => void {
    return this.gone.on(listener)
  }

  async prepare(): Promise<void> {
    this.done.push('prepare')
    await this.preparing
  }

  openSessions(): FakeSessions {
    this.done.push('open sessions')
    return this.sessions
  }

  async release({ keep = false } = {}): Promise<void> {
    this.done.push(keep ? 'release and keep' : 'release')
  }
}

export interface OpenApp {
  readonly app: App
  readonly store: Store
  readonly notices: Notices
  readonly engine: FakeEngine
  readonly folder: string
  close(): Promise<void>
}

/** Opens an app on a folder of its own. */
export async function openApp(options: Partial<AppOptions> = {}): Promise<OpenApp> {
  const folder = await mkdtemp(join(tmpdir(), 'capstan-app-'))
  const notices = new Notices()
  const store = await openStore(folder, (message) => notices.add('warning', message))
  const engine = new FakeEngine()
  const app = new App({
    store,
    notices,
    engineHome: join(folder, 'engine'),
    resources: RESOURCES,
    version: '1.2.3',
    desktop: true,
    findEngine: async () => engine,
    ...options,
  })
  const close = async () => {
    await app.dispose()
    await rm(folder, { recursive: true })
  }
  return { app, store, notices, engine, folder, close }
}
