import { describe, expect, test } from 'vitest'
import type { Item } from '../../exam'
import { cliFolder, runJson } from '../../test/run-cli'
import { verdictForVersion, verdictOfAll } from './prove-command'

cliFolder()

const holds = { state: 'proven', message: '' } as const
const fails = { state: 'failed', message: 'Step 1: no' } as const
const untried = { state: 'unprovable', message: 'This engine lacks ipvs.' } as const

describe('an item that holds since Docker 23', () => {
  test.each([holds, fails, untried])('is what its claim is on 26.1: %o', (verdict) => {
    expect(verdictForVersion(verdict, { versions: '>=23', version: '26.1' })).toEqual(verdict)
  })

  test('is proven on 20.10 by a claim that fails there', () => {
    expect(verdictForVersion(fails, { versions: '>=23', version: '20.10' })).toEqual({
      state: 'proven',
      message: expect.stringContaining('does not hold for Docker 20.10'),
    })
  })

  test('has wrong versions when its claim holds on 20.10 too', () => {
    expect(verdictForVersion(holds, { versions: '>=23', version: '20.10' })).toEqual({
      state: 'failed',
      message: 'It should hold since Docker 23 only, but it holds for Docker 20.10 too.',
    })
  })

  test('is not proven by a claim that cannot be tried', () => {
    expect(verdictForVersion(untried, { versions: '>=23', version: '20.10' })).toEqual(untried)
  })
})

test('an item without versions is what its claim is', () => {
  expect(verdictForVersion(fails, { versions: null, version: '20.10' })).toEqual(fails)
})

describe('the combinations of a template', () => {
  const items = ['t.1', 't.2', 't.3'].map((id) => ({ id }) as Item)
  const verdicts = (...states: (typeof holds | typeof fails | typeof untried)[]) => {
    const tried: string[] = []
    const verdict = verdictOfAll(items.slice(0, states.length), async ({ id }) => {
      tried.push(id)
      return states[tried.length - 1] ?? holds
    })
    return verdict.then((all) => ({ ...all, tried }))
  }

  test('are proven when each of them is', async () => {
    expect(await verdicts(holds, holds, holds)).toEqual({ ...holds, tried: ['t.1', 't.2', 't.3'] })
  })

  test('fail with the first that fails, which is named, and no more is tried', async () => {
    const verdict = await verdicts(holds, fails, holds)
    expect(verdict).toEqual({ state: 'failed', message: 't.2: Step 1: no', tried: ['t.1', 't.2'] })
  })

  test('are not provable when one cannot be tried, but a failure counts more', async () => {
    const message = 't.1: This engine lacks ipvs.'
    expect(await verdicts(untried, holds)).toMatchObject({ state: 'unprovable', message })
    expect(await verdicts(untried, fails)).toMatchObject({ state: 'failed', message: 't.2: Step 1: no' })
  })

  test('an item alone keeps its own words', async () => {
    expect(await verdicts(fails)).toMatchObject(fails)
    expect(await verdicts(untried)).toMatchObject(untried)
  })
})

test.each([
  ['bank', 'prove'],
  ['lab', 'verify'],
])('%s %s refuses what is no version of Docker, before it looks for an engine', async (...command) => {
  const { exitCode, answer } = await runJson(...command, '--engine', 'latest')
  expect(exitCode).toBe(2)
  expect(answer.error).toMatchObject({
    code: 'bad-input',
    message: '"latest" is not a version of Docker.',
    help: expect.stringContaining('20.10, 26.1, 28.5'),
  })
})

test('the versions that nodes can have are listed, with the default', async () => {
  const { exitCode, answer } = await runJson('engines')
  expect(exitCode).toBe(0)
  expect(answer.versions).toContain(answer.default)
})
