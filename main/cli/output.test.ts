import { expect, test } from 'vitest'
import { CapstanError, type ErrorCode, type Progress } from '../../engine'
import { exitCodeOf, print, printError, progressReporter, report } from './output'

function recorder(json = false) {
  const written = { out: '', err: '' }
  const output = {
    json,
    out: (text: string) => {
      written.out += text
    },
    err: (text: string) => {
      written.err += text
    },
  }
  return { written, output }
}

test('a result is one JSON document, or its lines', () => {
  const [words, json] = [recorder(), recorder(true)]
  print(words.output, { ok: true }, ['one', 'two'])
  print(json.output, { ok: true }, ['one', 'two'])
  expect(words.written).toEqual({ out: 'one\ntwo\n', err: '' })
  expect(json.written).toEqual({ out: '{"ok":true}\n', err: '' })
})

test('a report goes to stderr, with --json too', () => {
  const { written, output } = recorder(true)
  report(output, 'working')
  expect(written).toEqual({ out: '', err: 'working\n' })
})

test.each<[ErrorCode, number]>([
  ['no-engine', 3],
  ['engine-gone', 3],
  ['not-found', 2],
  ['bad-input', 2],
  ['lab-invalid', 2],
  ['session-exists', 2],
  ['capability-missing', 2],
  ['port-in-use', 2],
  ['engine-timeout', 1],
  ['no-space', 1],
  ['session-state', 1],
])('the error %s ends with exit code %i', (code, exitCode) => {
  expect(exitCodeOf(new CapstanError(code, 'x'))).toBe(exitCode)
})

test('an error without a code ends with exit code 1', () => {
  expect(exitCodeOf(new TypeError('x'))).toBe(1)
  expect(exitCodeOf('x')).toBe(1)
})

test('an error of ours shows its message and help, and no stack', () => {
  const error = new CapstanError('not-found', 'There is no lab.', { help: 'See the list.' })
  const [words, json] = [recorder(), recorder(true)]
  printError(words.output, error)
  printError(json.output, error)
  expect(words.written).toEqual({ out: '', err: 'There is no lab.\nSee the list.\n' })
  expect(JSON.parse(json.written.out)).toEqual({
    ok: false,
    error: { code: 'not-found', message: 'There is no lab.', help: 'See the list.' },
  })
  expect(json.written.err).toBe(words.written.err)
})

test('a fault shows its stack on stderr, and hides it from the JSON document', () => {
  const { written, output } = recorder(true)
  printError(output, new TypeError('the secret words'))
  expect(written.err).toContain('TypeError: the secret words')
  expect(written.err).toContain('output.test.ts')
  expect(written.out).not.toContain('secret')
  expect(JSON.parse(written.out)).toMatchObject({ ok: false, error: { code: 'internal' } })
})

test('progress is reported when it starts, when that takes long, and when it fails; each once', () => {
  const { written, output } = recorder()
  let now = 0
  const onProgress = progressReporter(output, () => now)
  const progress = (part: Partial<Progress>): Progress => ({
    id: 'image',
    label: 'Preparing the image',
    state: 'running',
    estimateSeconds: 60,
    fraction: null,
    detail: null,
    ...part,
  })
  onProgress(progress({ state: 'waiting' }))
  onProgress(progress({}))
  onProgress(progress({ detail: 'half of it' }))
  onProgress(progress({ id: 'quick', label: 'Quick', estimateSeconds: 0 }))
  onProgress(progress({ state: 'failed', detail: 'no space' }))
  onProgress(progress({ state: 'failed', detail: 'no space' }))
  onProgress(progress({ id: 'done', state: 'done' }))
  onProgress(progress({ id: 'slow', label: 'Slow' }))
  now = 12_340
  onProgress(progress({ id: 'slow', label: 'Slow', state: 'done' }))
  expect(written).toEqual({
    out: '',
    err:
      '… Preparing the image (up to 60 s the first time)\n✗ Preparing the image: no space\n' +
      '… Slow (up to 60 s the first time)\n✓ Slow (12.3 s)\n',
  })
})
