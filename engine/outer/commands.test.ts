import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from '../../shared/system/wait'
import { lastWords, runCommand } from './commands'

test('a program runs in its folder, with its environment and no other', async () => {
  const env = { PATH: process.env.PATH, WORD: 'here' }
  await runCommand('sh', ['-c', 'test "$PWD" = / && test "$WORD" = here && test -z "$HOME"'], {
    cwd: '/',
    env,
  })
})

test('the last words of a program that fails are kept', async () => {
  const run = runCommand('sh', ['-c', 'for word in one two three; do echo "$word" >&2; done; exit 3'])
  const error: unknown = await run.catch((reason: unknown) => reason)
  expect(lastWords(error)).toBe('two three')
})

test('a program that is not there has no last words', async () => {
  const error: unknown = await runCommand('no-such-program-of-capstan', []).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Error)
  expect(lastWords(error)).toBe('')
})

test.each([
  ['that obeys', 'touch started; exec sleep 60'],
  ['that ignores SIGTERM', 'trap "" TERM; touch started; while true; do sleep 0.1; done'],
])('a program %s ends at once with its signal', async (_what, script) => {
  const folder = mkdtempSync(join(tmpdir(), 'capstan-commands-'))
  try {
    const abort = new AbortController()
    const run = runCommand('sh', ['-c', script], { cwd: folder, signal: abort.signal })
    run.catch(() => undefined)
    await until(() => existsSync(join(folder, 'started')), { limitMs: 4_000, everyMs: 10 })
    const begin = performance.now()
    abort.abort()
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    expect(performance.now() - begin).toBeLessThan(4_000)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a signal that has aborted already starts nothing', async () => {
  const run = runCommand('sleep', ['60'], { signal: AbortSignal.abort() })
  await expect(run).rejects.toMatchObject({ code: 'cancelled' })
})
