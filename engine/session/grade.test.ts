import { expect, test } from 'vitest'
import { Gate } from './gate'
import { endWork, gradeChecks } from './grade'
import { aCheck, aResult } from './labs.test-kit'

const never = new AbortController().signal
const result = (state: 'green' | 'red' | 'error') => aResult(state)

/** Nodes in which work is left after each of the first attempts to end it. */
function nodesThatKeepWork(times: number) {
  const tries = { count: 0 }
  return {
    tries,
    parts: {
      gate: new Gate(),
      terminals: { closeAll: async () => undefined },
      nodes: { endProcesses: async () => (++tries.count > times ? [] : ['node1', 'node2']) },
      endLimitMs: 20,
    },
  }
}

test('work that cannot be ended is an error that names its nodes, and the gate stays shut', async () => {
  const { parts } = nodesThatKeepWork(Number.POSITIVE_INFINITY)
  await expect(endWork(parts, never)).rejects.toMatchObject({
    code: 'work-goes-on',
    message: expect.stringContaining('started in node1 and node2 could not be ended'),
  })
  expect(() => parts.gate.assertOpen()).toThrow('handed in')
})

test('work that takes some tries to end is ended', async () => {
  const { parts, tries } = nodesThatKeepWork(3)
  expect(await endWork({ ...parts, endLimitMs: 60_000 }, never)).toBeInstanceOf(Date)
  expect(tries.count).toBe(4)
})

test('nobody waits for the end of work when the grading is given up', async () => {
  const abort = new AbortController()
  const { parts } = nodesThatKeepWork(Number.POSITIVE_INFINITY)
  setImmediate(() => abort.abort(new Error('given up')))
  await expect(endWork({ ...parts, endLimitMs: 60_000 }, abort.signal)).rejects.toThrow('given up')
})

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
