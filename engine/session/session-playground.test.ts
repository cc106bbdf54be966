import { expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { FakeTopologies } from './fakes.test-kit'
import { playgroundLab, playgroundOf, playgroundShape } from './playground'
import { openSession, runningSession } from './session.test-kit'

const PLAYGROUND = playgroundOf({ name: 'Play', managers: 1, workers: 1, swarm: true, engine: null })
const options = () => ({
  lab: playgroundLab('playground_1', PLAYGROUND),
  record: { playground: PLAYGROUND, currentStep: null },
})
const namesOf = (session: { snapshot(): { nodes: readonly { name: string }[] } }) =>
  session.snapshot().nodes.map(({ name }) => name)

test('a playground runs without steps, and is never completed', async () => {
  const { session } = await runningSession(options())
  expect(session.snapshot()).toMatchObject({
    currentStep: null,
    steps: [],
    completed: false,
    playground: PLAYGROUND,
  })
  expect((await session.check()).size).toBe(0)
})

test('an added node is there, and the record names it', async () => {
  const { session, topologies, saved } = await runningSession(options())
  expect(await session.playground.addNode({ role: 'worker', join: true })).toBe('worker2')
  expect(topologies.latest.acts).toEqual(['add worker2 worker'])
  expect(namesOf(session)).toEqual(['manager1', 'worker1', 'worker2'])
  expect((await saved())?.playground?.nodes.at(-1)).toMatchObject({ name: 'worker2', place: 2 })
  expect(session.snapshot()).toMatchObject({ state: 'running', activity: null })
})

test('a node that cannot be added leaves the playground as it was', async () => {
  const { session, topologies, saved } = await runningSession(options())
  topologies.latest.onAct = () => {
    throw new CapstanError('session-state', 'No manager.')
  }
  await expect(session.playground.addNode({ role: 'worker', join: true })).rejects.toThrow('No manager.')
  expect(namesOf(session)).toEqual(['manager1', 'worker1'])
  expect((await saved())?.playground?.nodes).toHaveLength(2)
  expect(session.snapshot()).toMatchObject({ state: 'running', activity: null })
})

test.each([
  [true, ['leave worker1', 'remove worker1']],
  [false, ['remove worker1']],
])('a removed node is gone, and leaves its swarm: %s', async (leaves, acts) => {
  const { session, topologies, saved } = await runningSession(options())
  await session.playground.removeNode('worker1', { leaves })
  expect(topologies.latest.acts).toEqual(acts)
  expect(namesOf(session)).toEqual(['manager1'])
  expect((await saved())?.playground?.nodes.map(({ name }) => name)).toEqual(['manager1'])
})

test('a node that cannot leave stays', async () => {
  const { session, topologies } = await runningSession(options())
  topologies.latest.onAct = () => {
    throw new CapstanError('session-state', 'It is the last manager.')
  }
  await expect(session.playground.removeNode('manager1', { leaves: true })).rejects.toThrow('last manager')
  expect(namesOf(session)).toEqual(['manager1', 'worker1'])
})

test('the last node stays', async () => {
  const { session } = await runningSession(options())
  await session.playground.removeNode('worker1', { leaves: false })
  await expect(session.playground.removeNode('manager1', { leaves: false })).rejects.toThrow('last node')
})

test('a saved playground has stopped nodes, and nothing works in it until it is continued', async () => {
  const { session, topologies, saved } = await runningSession(options())
  await session.playground.save()
  expect(topologies.log).toContain('stop t1')
  expect((await saved())?.playground?.savedAt).not.toBeNull()
  expect(session.snapshot()).toMatchObject({
    state: 'saved',
    nodes: [{ state: 'stopped' }, { state: 'stopped' }],
  })
  await expect(session.playground.addNode({ role: 'worker', join: true })).rejects.toThrow('saved')
  await expect(session.reset()).rejects.toThrow('saved')
  await session.continue()
  expect(session.snapshot()).toMatchObject({
    state: 'running',
    nodes: [{ state: 'running' }, { state: 'running' }],
  })
  expect((await saved())?.playground?.savedAt).toBeNull()
})

test('two windows that continue it find its nodes once', async () => {
  const { session, topologies } = await runningSession(options())
  await session.playground.save()
  await Promise.all([session.continue(), session.continue()])
  expect(topologies.log.filter((line) => line.startsWith('find'))).toHaveLength(1)
})

test('the next process does not start the nodes of a saved playground', async () => {
  const topologies = new FakeTopologies()
  topologies.leave('old', playgroundShape(PLAYGROUND))
  const savedAt = '2026-01-01T00:00:00.000Z'
  const record = {
    topologyId: 'old',
    prepared: true,
    currentStep: null,
    playground: { ...PLAYGROUND, savedAt },
  }
  const { session } = openSession({ ...options(), topologies, record })
  await session.resume()
  expect(session.state).toBe('saved')
  // A process that died while it saved may have left them running.
  expect(topologies.log).toEqual(['stop old'])
})

test('a name can be changed, saved or not', async () => {
  const { session } = await runningSession(options())
  await session.playground.rename('Raft')
  await session.playground.save()
  await session.playground.rename('Quorum')
  expect(session.snapshot().playground?.name).toBe('Quorum')
})

test('a saved playground is not broken by an engine that goes away', async () => {
  const { session } = await runningSession(options())
  await session.playground.save()
  session.engineGone()
  expect(session.state).toBe('saved')
})

test('a lab cannot be saved, and its nodes are those of its files', async () => {
  const { session } = await runningSession()
  await expect(session.playground.save()).rejects.toThrow('This is a lab')
  await expect(session.playground.addNode({ role: 'worker', join: true })).rejects.toThrow('This is a lab')
})
