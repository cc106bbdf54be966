import { expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { evaluateCheck } from './evaluate'
import { FakeNode } from './fake-node.test-kit'
import { judgeForAuthor } from './judge'
import { CheckFile, toCheck } from './kinds'

const { signal } = new AbortController()
const check = toCheck(
  CheckFile.parse({
    name: 'web runs',
    query: { api: '/containers/web/json', select: 'State.Status' },
    expect: 'running',
    explain: 'It is {actual}.',
  }),
  'node1',
)

async function evaluate(answer: unknown) {
  const node = new FakeNode({ get: () => answer })
  return await evaluateCheck(check, () => node, signal)
}

test('what the node says is judged', async () => {
  expect(await evaluate({ State: { Status: 'running' } })).toMatchObject({ state: 'green', found: 'running' })
  expect(await evaluate({ State: { Status: 'exited' } })).toMatchObject({
    state: 'red',
    explanation: 'It is exited.',
  })
})

test('a container that is not there is told as such', async () => {
  const gone = new CapstanError('not-found', 'No such container: web')
  expect(await evaluate(gone)).toMatchObject({
    state: 'missing',
    explanation: 'There is no container called web yet.',
  })
})

test.each<[string, unknown, string]>([
  [
    'a node that has stopped',
    new CapstanError('node-gone', 'The node node1 has stopped.', { help: 'Start it again.' }),
    'This could not be looked at: The node node1 has stopped. Start it again.',
  ],
  [
    'an engine that does not answer in time',
    new CapstanError('engine-timeout', 'The engine did not answer within 5 s.'),
    'This could not be looked at: The engine did not answer within 5 s.',
  ],
])('%s is an error that is explained', async (_name, error, explanation) => {
  expect(await evaluate(error)).toEqual({ state: 'error', expected: '', found: '', explanation })
})

test('a node that the lab does not have is an error, too', async () => {
  const result = await evaluateCheck(
    check,
    (name) => {
      throw new CapstanError('not-found', `This lab has no node called "${name}".`)
    },
    signal,
  )
  expect(result).toMatchObject({ state: 'error' })
  expect(result.explanation).toContain('no node called "node1"')
})

test.each([new TypeError('out of memory'), 'out of memory'])(
  'the words of an error of a program are quoted, and are no sentence',
  async (error) => {
    const node = () => {
      throw error
    }
    expect(await evaluateCheck(check, node, signal)).toEqual({
      state: 'error',
      expected: '',
      found: 'out of memory',
      explanation: 'This could not be looked at, because there is a mistake in the check itself.',
    })
  },
)

test('an author is told all about it', async () => {
  const node = new FakeNode({ get: () => ({ State: { Status: 'exited' } }) })
  const result = await evaluateCheck(check, () => node, signal, judgeForAuthor)
  expect(result.explanation).toBe('Expected running, found exited.')
})

test('a pattern that does not compile is an error that names it', async () => {
  const node = new FakeNode({ get: () => ({ State: { Status: 'running' } }) })
  const result = await evaluateCheck({ ...check, expect: '/(/' } as typeof check, () => node, signal)
  expect(result.state).toBe('error')
  expect(result.found).toContain('missing closing )')
})
