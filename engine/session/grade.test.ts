import { expect, test } from 'vitest'
import { gradeChecks } from './grade'
import { aCheck, aResult } from './labs.test-kit'

const never = new AbortController().signal
const result = (state: 'green' | 'red' | 'error') => aResult(state)

test('a green check is looked at once', async () => {
  let looks = 0
  const evaluate = async () => {
    looks++
    return result('green')
  }
  await gradeChecks([aCheck('a', { within: 60_000 })], evaluate, never)
  expect(looks).toBe(1)
})

test('a check that turns green in its time is green', async () => {
  let looks = 0
  const evaluate = async () => result(++looks < 2 ? 'error' : 'green')
  expect(await gradeChecks([aCheck('a', { within: 60_000 })], evaluate, never)).toEqual([result('green')])
  expect(looks).toBe(2)
})

test('a check that stays red has its last result, after its time', async () => {
  let looks = 0
  const evaluate = async () => ({ ...result('red'), found: `look ${++looks}` })
  const [graded] = await gradeChecks([aCheck('a', { within: 20 })], evaluate, never)
  expect(looks).toBeGreaterThanOrEqual(2)
  expect(graded).toMatchObject({ state: 'red', found: `look ${looks}` })
})

test('the results have the order of the checks, whichever is ready first', async () => {
  const checks = [aCheck('slow', { within: 400 }), aCheck('fast')]
  let looks = 0
  const evaluate = async ({ name }: { name: string }) =>
    name === 'fast' ? result('red') : result(++looks > 1 ? 'green' : 'red')
  expect((await gradeChecks(checks, evaluate, never)).map(({ state }) => state)).toEqual(['green', 'red'])
})

test('a look that ends after the grading was given up is no grade', async () => {
  const abort = new AbortController()
  const evaluate = async () => {
    abort.abort(new Error('given up'))
    return result('green')
  }
  await expect(gradeChecks([aCheck('a')], evaluate, abort.signal)).rejects.toThrow('given up')
})

test('a grading that is given up does not wait for the next look', async () => {
  const abort = new AbortController()
  const evaluate = async () => {
    setImmediate(() => abort.abort(new Error('given up')))
    return result('red')
  }
  await expect(gradeChecks([aCheck('a', { within: 60_000 })], evaluate, abort.signal)).rejects.toThrow(
    'given up',
  )
})
