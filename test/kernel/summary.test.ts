import { expect, test } from 'vitest'
import { asRow, isGood, type Row, table } from './summary'

const HEAD = { cgroup: 1, kind: 'lab', id: 'mesh' } as const
const live = new AbortController().signal
const row = (state: Row['state']): Row => ({ ...HEAD, state, message: 'as it is', seconds: 7 })

test('a run is good when something was proven and all of it passed', () => {
  expect(isGood([row('passed')])).toBe(true)
  expect(isGood([row('passed'), row('failed')])).toBe(false)
  expect(isGood([row('passed'), row('skipped')])).toBe(false)
  expect(isGood([])).toBe(false)
})

test('work that throws is a failed row', async () => {
  const failing = async () => {
    throw new Error('the engine is gone')
  }
  expect(await asRow(HEAD, failing, live)).toMatchObject({
    ...HEAD,
    state: 'failed',
    message: 'the engine is gone',
  })
})

test('a signal ends the run, not only the row', async () => {
  const stopped = AbortSignal.abort(new Error('stopped'))
  const failing = async () => {
    throw new Error('killed')
  }
  await expect(asRow(HEAD, failing, stopped)).rejects.toThrow('stopped')
})

test('the table gives the reason of what did not pass', () => {
  const lines = table([row('passed'), row('failed')]).split('\n')
  expect(lines).toEqual([
    '✓ cgroup 1  lab     mesh      7 s',
    '✗ cgroup 1  lab     mesh      7 s',
    '    as it is',
    '1 passed, 1 failed, 0 skipped',
  ])
})
