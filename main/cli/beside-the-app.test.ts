import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { cliFolder, runCli } from '../../test/run-cli'
import { stateOf } from '../store/untouched.test-kit'

const folder = cliFolder()
let data: string
beforeEach(async () => {
  data = join(folder.path, 'data')
  // Without settings an engine is looked for: this one is named, so that no test touches a real one.
  vi.stubEnv('DOCKER_HOST', `unix://${join(folder.path, 'none.sock')}`)
  await rm(data, { recursive: true })
})

const NO_ENGINE = 3
const COMMANDS: readonly [string, number][] = [
  ['doctor', NO_ENGINE],
  ['setup', NO_ENGINE],
  ['lab verify container-life', NO_ENGINE],
  ['bank prove net-embedded-dns-address', NO_ENGINE],
  ['exam export', 0],
]

/** What may be in the way of the data folder; each is prepared in its place. */
const FOLDERS: Readonly<Record<string, () => Promise<void>>> = {
  missing: async () => undefined,
  empty: async () => await mkdir(data),
  damaged: async () => {
    for (const name of ['', 'sessions', 'attempts', 'hands-on'])
      await mkdir(join(data, name), { recursive: true })
    const names = ['store', 'settings', 'progress', 'consents', 'sessions/ab12'].map((name) => `${name}.json`)
    const journals = ['attempts/0123456789ab.jsonl', 'hands-on/cd0123456789.jsonl']
    for (const name of [...names, ...journals, 'progress.json.999999999-1.new'])
      await writeFile(join(data, name), '{"half', { mode: 0o644 })
    await chmod(data, 0o755)
  },
}

test.each(
  COMMANDS.flatMap(([command, exitCode]) =>
    Object.keys(FOLDERS).map((kind) => [command, kind, exitCode] as const),
  ),
)('`%s` leaves a data folder that is %s as it is', async (command, kind, exitCode) => {
  await FOLDERS[kind]?.()
  const before = await stateOf(data)
  const { exitCode: found, err } = await runCli(command.split(' '))
  expect(await stateOf(data)).toEqual(before)
  expect(found).toBe(exitCode)
  if (kind === 'damaged') expect(err).toContain('settings.json is not complete JSON. It was left as it is')
})
