/** Capstan works where node-pty cannot be built: it compiles, it is built, and its tests pass. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runNode, runScript } from '../rules/planted'
import { copyProject } from './copy'

/** A test that runs in the copy. */
const WITHOUT = `
import { expect, it } from 'vitest'
import { openHostTerminal } from '.'

it('says what is missing', async () => {
  await expect(openHostTerminal({ cols: 80, rows: 24 })).rejects.toMatchObject({
    code: 'capability-missing',
    help: expect.stringContaining('node-pty'),
  })
})
`

let folder: string

beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'capstan-no-pty-')), 'capstan')
  copyProject(folder, { without: ['node-pty'] })
  await writeFile(join(folder, 'engine/terminal/without-node-pty.test.ts'), WITHOUT)
})
afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }))

it('the types of the host pass', async () => {
  expect(existsSync(join(folder, 'node_modules/node-pty'))).toBe(false)
  const args = ['-p', 'tsconfig.host.json', '--incremental', 'false']
  const { code, stdout } = await runScript('typescript/bin/tsc', args, { cwd: folder })
  expect(stdout).toBe('')
  expect(code).toBe(0)
})

it('the unit tests of terminals pass, and the shell of this computer says what is missing', async () => {
  const args = ['run', '--project', 'unit', 'engine/terminal']
  const { code, stdout, stderr } = await runScript('vitest/vitest.mjs', args, { cwd: folder })
  expect(code, stdout + stderr).toBe(0)
})

it('the app is built, and starts', async () => {
  const build = ['build', '--config', 'vite.main.config.ts', '--logLevel', 'warn']
  const built = await runScript('vite/bin/vite.js', build, { cwd: folder })
  expect(built.code, built.stderr).toBe(0)
  const version = await runNode(['dist/main/cli.js', '--version'], { cwd: folder })
  expect(version.code, version.stderr).toBe(0)
})
