import { expect, test } from 'vitest'
import type { CheckResult } from '../checks'
import type { LoadedStep } from '../labs'
import { doEarlierSteps, type EarlierStepsOptions } from './earlier-steps'
import { aCheck, aResult, aStep } from './labs.test-kit'

const script = (text: string) => ({ on: 'node1', file: `${text}.sh`, text })
const STEPS = [
  aStep('one', { title: 'First', solution: [script('first'), { on: 'node2', action: 'kill' as const }] }),
  aStep('two', { title: 'Second', solution: [script('second')] }),
]

function doing(part: Partial<EarlierStepsOptions> = {}) {
  const log: string[] = []
  const results = (step: LoadedStep, state: CheckResult['state']) =>
    new Map(step.checks.map((check) => [check, aResult(state)] as const))
  const done = doEarlierSteps({
    steps: STEPS,
    prepare: async ({ id }) => void log.push(`set up ${id}`),
    type: async (node, text) => void log.push(`${node}: ${text}`),
    switchNode: async (node, action) => void log.push(`${action} ${node}`),
    evaluate: async (step) => {
      log.push(`look at ${step.id}`)
      return results(step, 'green')
    },
    onActivity: (text) => log.push(text),
    signal: new AbortController().signal,
    ...part,
  })
  return { done, log, results }
}

test('each step is set up, solved and looked at, in order', async () => {
  const { done, log } = doing()
  await done
  expect(log).toEqual([
    'Step 1 of 2: First',
    'set up one',
    'node1: first',
    'kill node2',
    'look at one',
    'Step 2 of 2: Second',
    'set up two',
    'node1: second',
    'look at two',
  ])
})

test('a check that needs a moment is waited for', async () => {
  const states: CheckResult['state'][] = ['red', 'green']
  const step = aStep('slow', { checks: [aCheck('slow', { within: 10_000 })] })
  const evaluate = async () => new Map([[aCheck('slow'), aResult(states.shift() ?? 'green')]])
  await doing({ steps: [step], evaluate }).done
  expect(states).toEqual([])
})

test('a step that stays red ends it, and its reason is told', async () => {
  const evaluate = async (step: LoadedStep) => new Map(step.checks.map((check) => [check, aResult('red')]))
  const { done, log } = doing({ evaluate })
  await expect(done).rejects.toMatchObject({
    code: 'session-state',
    message: 'The step "First" could not be done for you: it is red',
  })
  expect(log).not.toContain('set up two')
})

test('a script that cannot be typed is told with its step', async () => {
  const type = async () => {
    throw new Error('the shell ended')
  }
  await expect(doing({ type }).done).rejects.toMatchObject({
    message: 'The step "First" could not be done for you: the shell ended',
  })
})

test('it stops when it is given up', async () => {
  const abort = new AbortController()
  const { done, log } = doing({
    signal: abort.signal,
    type: async () => abort.abort(new Error('given up')),
  })
  await expect(done).rejects.toThrow('given up')
  expect(log).not.toContain('kill node2')
})
