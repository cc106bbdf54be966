/** Apps with labs, for tests that hurt them. What is opened here is closed after each test. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import type { SessionView, SetupState } from '../../main/api'
import { type ServedApp, serveApp, temporaryFolder, until } from './host'

export const LAB = 'container-life'

export class LabApps {
  readonly #cleanUps: (() => Promise<void>)[] = []

  /** To be called while a file of tests is read. */
  constructor() {
    afterEach(async () => {
      for (const cleanUp of this.#cleanUps.splice(0).reverse()) await cleanUp()
    })
  }

  async dataFolder(): Promise<string> {
    const folder = await temporaryFolder()
    this.#cleanUps.push(folder.remove)
    return folder.path
  }

  /** Starts an app on a folder. It ends with the test. */
  async open(folder: string, env: NodeJS.ProcessEnv = {}): Promise<ServedApp> {
    const app = await serveApp(folder, env)
    this.#cleanUps.push(() => app.end())
    return app
  }

  /** Starts an app and waits until its set-up is over. */
  async ready(folder: string, env: NodeJS.ProcessEnv = {}): Promise<ServedApp> {
    const app = await this.open(folder, env)
    await until(app.api, 'setup.watch', {}, ({ phase }: SetupState) => phase !== 'running')
    return app
  }
}

export const isRunning = ({ state }: SessionView) => state === 'running' || state === 'broken'

export async function startLab(app: ServedApp, labId = LAB): Promise<string> {
  const { id } = await app.api.call('session.start', { labId })
  const session: SessionView = await until(app.api, 'session.watch', { sessionId: id }, isRunning)
  expect(session.problem).toBeNull()
  return id
}

/** Finds the nodes of a session by its record on disk. */
export async function topologyOf(folder: string, sessionId: string): Promise<string> {
  const { record } = JSON.parse(await readFile(join(folder, 'sessions', `${sessionId}.json`), 'utf8'))
  return record.topologyId
}

export async function type(app: ServedApp, sessionId: string, line: string, node = 'node1'): Promise<void> {
  const { id } = await app.api.call('terminal.open', { sessionId, node, cols: 80, rows: 24 })
  await app.api.call('terminal.write', { terminalId: id, data: `${line}\r` })
}
