import { expect, test } from 'vitest'
import { FakeSession, fakeLab, scriptOf } from './fake-trial.test-kit'
import { allGreen } from './results'
import { patienceOf, Student } from './student'

const lab = fakeLab([
  { id: 'one', asks: ['a', 'b'], solution: 'a b' },
  { id: 'two', asks: ['c'], solution: 'c' },
])
const [one = expect.fail(), two = expect.fail()] = lab.steps

async function begin(session: FakeSession, signal = new AbortController().signal) {
  return await Student.begin({ lab, session, type: (node, text) => session.type(node, text), signal })
}

test('a script is performed in order: typed, and done to nodes', async () => {
  const session = new FakeSession(lab)
  const student = await begin(session)
  await student.perform([
    ...scriptOf('a'),
    { on: 'node2', action: 'kill' },
    { on: 'node2', file: 'b.sh', text: 'b' },
  ])
  expect(session.log).toEqual(['start', 'type a on node1', 'kill node2', 'type b on node2'])
})

test('a solution solves the step when all of its checks turn green', async () => {
  const session = new FakeSession(lab)
  const student = await begin(session)
  expect((await student.solve(one)).green).toBe(true)
  await student.open(two)
  expect(session.log.at(-1)).toBe('open two')
})

test('a solution that is not enough leaves the step red, and gives the results', async () => {
  const { green, results } = await (await begin(new FakeSession(lab, { missing: ['b'] }))).solve(one)
  expect(green).toBe(false)
  expect([...results].map(([check, { state }]) => [check.name, state])).toEqual([
    ['a', 'green'],
    ['b', 'red'],
  ])
})

test('a look goes on until the results are the ones that are waited for', async () => {
  const session = new FakeSession(lab, { looksUntilGreen: 3 })
  const student = await begin(session)
  await student.perform(one.solution)
  expect(allGreen(await student.look(one, { isDone: allGreen, limitMs: 60_000 }))).toBe(true)
})

test('a look without patience is one look', async () => {
  const student = await begin(new FakeSession(lab))
  expect(allGreen(await student.look(one, { isDone: allGreen, limitMs: 0 }))).toBe(false)
})

test('a look ends when the proof is cancelled', async () => {
  const abort = new AbortController()
  const student = await begin(new FakeSession(lab), abort.signal)
  const look = student.look(one, { isDone: () => false, limitMs: 60_000 })
  abort.abort(new Error('Stopped.'))
  await expect(look).rejects.toThrow('Stopped.')
})

test('the topologies of a student are remembered, each once', async () => {
  const student = await begin(new FakeSession(lab))
  expect(student.topologies).toEqual(['topology-1'])
  await student.reset()
  expect(student.topologies).toEqual(['topology-1', 'topology-2'])
})

test('a session that breaks at its start is left, so that its nodes do not stay', async () => {
  const session = new FakeSession(lab, { breaks: 'start' })
  await expect(begin(session)).rejects.toMatchObject({
    code: 'session-state',
    message: 'The image is broken.',
  })
  expect(session.log).toEqual(['start', 'stop'])
})

test('a session that cannot even be left still reports why it broke', async () => {
  const session = new FakeSession(lab, { breaks: 'start' })
  session.stop = async () => {
    throw new Error('The engine is gone.')
  }
  await expect(begin(session)).rejects.toThrow('The image is broken.')
})

test('the patience for a step is that of its slowest check', () => {
  const [first = expect.fail(), second = expect.fail()] = one.checks
  expect(
    patienceOf({
      ...one,
      checks: [
        { ...first, within: 50 },
        { ...second, within: 20 },
      ],
    }),
  ).toBe(50)
})
