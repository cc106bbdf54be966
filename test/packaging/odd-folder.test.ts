/** The commands work in a folder whose name has letters that URLs, shells and Vite treat in their own ways. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runNode } from '../rules/planted'
import { copyProject } from './copy'

let parent: string
let folder: string

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'capstan-odd-'))
  folder = join(parent, 'with space ü#%20')
  // Vite stumbles over the style sheets and workers of Monaco, so it has to lie in the folder itself.
  copyProject(folder, { inside: ['monaco-editor'] })
})
afterAll(() => rm(parent, { recursive: true, force: true }))

it('the command line builds the app and answers', async () => {
  const { code, stdout, stderr } = await runNode(['setup/capstan.mjs', 'lab', 'list', '--json'], {
    cwd: folder,
  })
  expect(code, stderr).toBe(0)
  expect(JSON.parse(stdout).labs.length).toBeGreaterThan(0)
  expect(existsSync(join(folder, 'dist/renderer/index.html'))).toBe(true)
})

it('the test runner runs its parts and ends with one line of counts', async () => {
  const args = ['setup/test.mjs', '--only', 'labs,questions']
  const { code, stdout, stderr } = await runNode(args, { cwd: folder })
  expect(code, stderr).toBe(0)
  expect(stdout).toBe('2 passed, 0 failed, 0 skipped\n')
})

it('the test runner counts a part that does not exist as a failure, in the same line', async () => {
  const { code, stdout } = await runNode(['setup/test.mjs', '--only', 'nothing'], { cwd: folder })
  expect(stdout).toBe('0 passed, 1 failed, 0 skipped\n')
  expect(code).toBe(1)
})
