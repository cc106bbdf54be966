import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withSetupLock } from './setup-lock'
import type { Progress } from './setup-progress'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-setup-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a wait for work of this process is no line of the set-up', async () => {
  const shown: Progress[] = []
  const options = { onProgress: (progress: Progress) => shown.push(progress) }
  const path = join(folder, 'x.lock')
  const order: string[] = []
  let end: (() => void) | undefined
  const first = withSetupLock(path, () => new Promise<void>((resolve) => (end = resolve)), options)
  await expect.poll(() => end).toBeDefined()
  const second = withSetupLock(path, async () => void order.push('second'), options)
  order.push('first')
  end?.()
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'second'])
  expect(shown).toEqual([])
})

test('a wait for another process is a line that names it', async () => {
  const path = join(folder, 'x.lock')
  const other = spawn('flock', ['--no-fork', path, 'sh', '-c', 'echo held; read line'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  await new Promise((resolve) => other.stdout.once('data', resolve))
  const shown: Progress[] = []
  const onProgress = (progress: Progress) => {
    shown.push(progress)
    if (progress.state === 'running') other.stdin.end()
  }
  await withSetupLock(path, async () => undefined, { onProgress })
  expect(shown.map(({ label, state }) => [label, state])).toEqual([
    ['Waiting for another Capstan', 'running'],
    ['Waiting for another Capstan', 'done'],
  ])
})
