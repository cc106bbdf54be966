import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Notice } from '../../main/api'
import { withoutEngine } from './exam-fixture'
import { type ServedApp, serveApp } from './host'

let folder: string
let app: ServedApp | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-last-resort-'))
  await withoutEngine(folder)
})
afterEach(async () => {
  await app?.end('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

test.each([
  ['an exception that nothing catches', `throw new Error('planted')`],
  ['a promise that nothing catches', `void Promise.reject(new Error('planted'))`],
])('%s is logged and told, and ends the host in order', async (_what, fault) => {
  const plant = join(folder, 'plant.mjs')
  await writeFile(plant, `process.once('SIGUSR2', () => { ${fault} })\n`)
  app = await serveApp(folder, { NODE_OPTIONS: `--import ${pathToFileURL(plant)}` })
  const told = new Promise<Notice>((resolve) =>
    app?.api.subscribe(
      'notice.watch',
      {},
      { onItem: (notice) => notice.level === 'error' && resolve(notice) },
    ),
  )
  // The watch has begun when a later call is answered.
  await app.api.call('settings.get', {})
  const ended = new Promise((resolve) => app?.process.once('exit', resolve))
  app.process.kill('SIGUSR2')
  expect((await told).message).toContain('so it closes')
  expect(await ended).toBe(1)
  expect(await readFile(join(folder, 'capstan.log'), 'utf8')).toContain('Error: planted')
  // In order: the folder is free for the next start.
  app = await serveApp(folder)
})
