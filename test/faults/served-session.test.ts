/** The command line beside a served app with an open lab: it says who runs, and the lab does not notice. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leftoversOf } from '../../engine/topology'
import type { SessionView, SetupState } from '../../main/api'
import { commandOn } from '../integration/cli'
import { openEngine } from '../integration/engine-fixture'
import { serveApp, temporaryFolder, until } from './host'

const LAB = 'container-life'

/** Commands that touch sessions, with the session that is open. */
const commandsOn = (sessionId: string) => [
  ['lab', 'start', LAB],
  ['lab', 'start', 'published-ports'],
  ['lab', 'check', sessionId],
  ['lab', 'stop', sessionId],
  ['clean'],
  ['clean', '--all', '--yes'],
]

test('commands beside a served lab with an open terminal are refused, and take nothing from it', async () => {
  await using ready = await openEngine()
  const { path: folder, remove } = await temporaryFolder()
  const app = await serveApp(folder)
  try {
    const { api } = app
    await until(api, 'setup.watch', {}, ({ phase }: SetupState) => phase === 'ready')
    const { id: sessionId } = await api.call('session.start', { labId: LAB })
    await until(api, 'session.watch', { sessionId }, ({ state }: SessionView) => state === 'running')
    const { id: terminalId } = await api.call('terminal.open', {
      sessionId,
      node: 'node1',
      cols: 80,
      rows: 24,
    })
    /** The number of the shell that runs in the terminal. */
    const shellSeen = async (file: string) => {
      const path = `/root/${file}`
      await api.call('terminal.write', { terminalId, data: `echo $$ > ${path}\r` })
      const read = () => api.call('file.read', { sessionId, node: 'node1', path })
      await expect
        .poll(
          () =>
            read().then(
              ({ content }) => content,
              () => '',
            ),
          { timeout: 30_000 },
        )
        .toMatch(/\d/)
      return (await read()).content
    }
    const recordPath = join(folder, 'sessions', `${sessionId}.json`)
    const [shell, record] = [await shellSeen('before'), JSON.parse(await readFile(recordPath, 'utf8'))]
    const made = await leftoversOf(ready.engine, record.record.topologyId)
    expect(made.length).toBeGreaterThan(1)

    const run = commandOn(folder)
    const running = expect.stringContaining(`process ${app.process.pid}`)
    const refused = { exitCode: 2, answer: { error: { code: 'session-exists', message: running } } }
    const answers = await Promise.all(commandsOn(sessionId).map((command) => run(...command)))
    for (const answer of answers) expect(answer).toMatchObject(refused)

    expect(await leftoversOf(ready.engine, record.record.topologyId)).toEqual(made)
    expect(JSON.parse(await readFile(recordPath, 'utf8'))).toEqual(record)
    expect(await shellSeen('after')).toBe(shell)
    const sessions = await api.call('session.list', {})
    expect(sessions).toMatchObject([{ id: sessionId, state: 'running' }])
    await api.call('session.stop', { sessionId })
  } finally {
    await app.end()
    await remove()
  }
})
