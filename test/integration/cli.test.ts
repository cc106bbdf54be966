/** The lab commands of the command line, each a process that must end by itself. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../e2e/serve'
import { temporaryFolder } from '../faults/host'
import { openEngine, type ReadyEngine } from './engine-fixture'

const LIMIT_MS = 60_000
const run = promisify(execFile)

let ready: ReadyEngine
let data: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  ready = await openEngine()
  data = await temporaryFolder()
})

afterAll(async () => {
  await data?.remove()
  await ready?.[Symbol.asyncDispose]()
})

/** Runs the command to its end; one that does not end is killed, and its exit code is null. */
async function capstan(...args: string[]): Promise<{ exitCode: number | null; answer: unknown }> {
  const options = { cwd: ROOT, timeout: LIMIT_MS, env: { ...process.env, CAPSTAN_DATA: data.path } }
  const command = run(process.execPath, ['dist/main/cli.js', ...args, '--json'], {
    ...options,
    killSignal: 'SIGKILL',
  })
  const { stdout } = await command.catch((error: { stdout: string }) => error)
  return { exitCode: command.child.exitCode, answer: JSON.parse(stdout) }
}

test('a lab is started, refused a second time, checked and stopped', async () => {
  const started = await capstan('lab', 'start', 'container-life')
  expect(started).toMatchObject({ exitCode: 0, answer: { lab: 'container-life', nodes: ['node1'] } })
  const { session } = started.answer as { session: string }

  const again = await capstan('lab', 'start', 'container-life')
  expect(again).toMatchObject({ exitCode: 2, answer: { ok: false, error: { code: 'session-exists' } } })

  const checked = await capstan('lab', 'check', session)
  expect(checked).toMatchObject({ exitCode: 1, answer: { ok: false, session } })

  expect(await capstan('lab', 'stop', session)).toEqual({ exitCode: 0, answer: { ok: true, session } })
  expect(await capstan('lab', 'check', session)).toMatchObject({ answer: { error: { code: 'not-found' } } })
})
