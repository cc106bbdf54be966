/** Runs the command line inside a unit test, on a data folder of its own. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import { runProgram } from '../main/cli/program'
import { DEFAULT_SETTINGS } from '../main/store'

export interface CliRun {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** Makes a data folder for each test. No engine answers there, so that no test touches a real one. */
export function cliFolder(): { readonly path: string } {
  const folder = { path: '' }
  beforeEach(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'capstan-cli-'))
    const engine = { mode: 'custom', endpoint: `unix://${join(folder.path, 'none.sock')}`, tlsDirectory: '' }
    const settings = { version: 1, settings: { ...DEFAULT_SETTINGS, engine } }
    await mkdir(join(folder.path, 'data'))
    await writeFile(join(folder.path, 'data', 'settings.json'), JSON.stringify(settings))
    vi.stubEnv('CAPSTAN_DATA', join(folder.path, 'data'))
    vi.stubEnv('CAPSTAN_ENGINE', join(folder.path, 'engine'))
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder.path, { recursive: true })
  })
  return folder
}

export async function runCli(args: readonly string[], signal?: AbortSignal): Promise<CliRun> {
  let [out, err] = ['', '']
  const exitCode = await runProgram(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    signal: signal ?? new AbortController().signal,
  })
  return { exitCode, out, err }
}

/** Runs a command with --json. @returns its one document; anything else on stdout is an error */
export async function runJson(...args: string[]) {
  const { exitCode, out, err } = await runCli([...args, '--json'])
  if (!/^[^\n]+\n$/.test(out)) throw new Error(`This is not one line of JSON: ${out}`)
  return { exitCode, answer: JSON.parse(out), err }
}
