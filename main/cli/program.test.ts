import { readFile } from 'node:fs/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { setTimeFactor } from '../../shared/time-limits'
import { cliFolder, runCli, runJson } from '../../test/run-cli'

cliFolder()
afterEach(() => setTimeFactor('environment', null))

test.each([
  ['an unknown command', ['fly'], /unknown command 'fly'/],
  ['an unknown command of labs', ['lab', 'fly'], /unknown command 'fly'/],
  ['an unknown option', ['bank', 'stats', '--fast'], /unknown option '--fast'/],
  ['a missing argument', ['lab', 'start'], /missing required argument 'id'/],
  ['a missing option', ['exam', 'assemble'], /required option '--seed <n>' not specified/],
  [
    'a number that is none',
    ['exam', 'assemble', '--seed', 'many'],
    /'many' is invalid. It is not a whole number/,
  ],
  ['an empty number', ['exam', 'assemble', '--seed', ''], /is invalid. It is not a whole number/],
  ['half a number', ['serve', '--port', '80.5'], /'80.5' is invalid/],
  ['a negative number', ['lab', 'verify', '--runs', '-1'], /'-1' is invalid/],
  ['too many arguments', ['bank', 'stats', 'extra'], /too many arguments/],
])('%s ends with exit code 2 and a reason on stderr', async (_what, args, reason) => {
  const { exitCode, out, err } = await runCli(args)
  expect(exitCode).toBe(2)
  expect(err).toMatch(reason)
  expect(out).toBe('')
})

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, out: `${version}\n`, err: '' })
})

test('--help is no error, and names every command', async () => {
  const { exitCode, out } = await runCli(['--help'])
  expect(exitCode).toBe(0)
  for (const command of ['doctor', 'lab', 'bank', 'exam', 'serve', 'setup', 'clean'])
    expect(out).toContain(`\n  ${command}`)
  const bank = await runCli(['bank', '--help'])
  for (const command of ['lint', 'stats', 'prove', 'import', 'export', 'schema'])
    expect(bank.out).toContain(`\n  ${command}`)
})

test.each([
  ['lab', 'start', 'container-life'],
  ['lab', 'check', 'abc'],
  ['lab', 'stop', 'abc'],
  ['lab', 'verify', 'container-life'],
  ['bank', 'prove', 'net-embedded-dns-address'],
  ['setup'],
  ['clean'],
])('without an engine, `%s %s` ends with exit code 3 and one JSON document', async (...args) => {
  const { exitCode, answer, err } = await runJson(...args)
  expect(exitCode).toBe(3)
  expect(answer).toMatchObject({ ok: false, error: { code: 'no-engine', help: expect.any(String) } })
  expect(err).toContain(answer.error.message)
})

test('doctor without an engine says what is wrong and how to fix it', async () => {
  const { exitCode, answer } = await runJson('doctor')
  expect(exitCode).toBe(3)
  expect(answer).toMatchObject({ ok: false, engine: null })
  expect(answer.problems[0]).toEqual({ message: expect.any(String), help: expect.any(String) })
  const words = await runCli(['doctor'])
  expect(words.exitCode).toBe(3)
  expect(words.out).toContain('✗ No engine')
  expect(words.out).toContain(`! ${answer.problems[0].message}\n  ${answer.problems[0].help}`)
})

test('doctor tells where an engine was looked for, and how far limits are stretched', async () => {
  vi.stubEnv('CAPSTAN_TIME_FACTOR', '2.5')
  const { answer } = await runJson('doctor')
  expect(answer.timeLimits).toEqual({ factor: 2.5, source: 'environment' })
  expect(answer.tried.at(-1)).toEqual({ what: expect.any(String), result: expect.any(String) })
  const { out } = await runCli(['doctor'])
  expect(out).toContain(`  ${answer.tried.at(-1).what}: ${answer.tried.at(-1).result}\n`)
  expect(out).toContain('2.5× (set by CAPSTAN_TIME_FACTOR)')
})

test('a factor for time limits that is none ends with exit code 2, and help', async () => {
  vi.stubEnv('CAPSTAN_TIME_FACTOR', 'slow')
  const { exitCode, answer } = await runJson('doctor')
  expect(exitCode).toBe(2)
  expect(answer.error).toMatchObject({
    code: 'bad-input',
    message: 'CAPSTAN_TIME_FACTOR is "slow".',
    help: expect.stringContaining('from 1 to 20'),
  })
})

test('--json holds for the command alone, not for one that runs later', async () => {
  await runJson('bank', 'stats')
  expect((await runCli(['bank', 'stats'])).out).toMatch(/^\d+ items, \d+ of them templates/)
})
