import { expect, test } from 'vitest'
import { mapContainer, mapMember, mapNode } from '../testing/map-samples.test-kit'
import { colourOf, isPointed, nameOf, portWords, signsOf, stateOf, taskState } from './words'

const words = (part: Parameters<typeof mapNode>[0]) => signsOf(mapNode(part)).map(({ word }) => word)

test.each([
  [{}, ['running']],
  [{ state: 'killed' }, ['killed']],
  [{ state: 'cut', member: mapMember() }, ['worker', 'cut off']],
  [
    { member: mapMember({ role: 'manager', isLeader: true, reachability: 'reachable' }) },
    ['leader', 'running'],
  ],
  [
    { member: mapMember({ role: 'manager', reachability: 'unreachable' }) },
    ['manager', 'running', 'unreachable'],
  ],
  [{ member: mapMember({ availability: 'drain' }) }, ['worker', 'running', 'drained']],
  [{ member: mapMember({ availability: 'pause' }) }, ['worker', 'running', 'paused']],
  [{ state: 'stopped', member: mapMember({ state: 'down' }) }, ['worker', 'stopped', 'down for the swarm']],
  // No manager answers: only its own engine tells what it is.
  [{ swarm: 'active', isManager: true }, ['manager', 'running']],
  [{ swarm: 'locked' }, ['member of a swarm', 'running', 'locked']],
] as const)('a node %j has the signs %j', (part, expected) => {
  expect(words(part)).toEqual(expected)
})

test.each([
  [{ state: 'running' }, 'running', 'good'],
  [{ state: 'running', health: 'healthy' }, 'running', 'good'],
  [{ state: 'running', health: 'unhealthy' }, 'running, unhealthy', 'bad'],
  [{ state: 'exited' }, 'exited', 'attention'],
  [{ state: 'rejected' }, 'rejected', 'bad'],
])('the state of %j is "%s"', (part, word, tone) => {
  expect(stateOf(part)).toEqual({ word, tone })
})

test('a task is known by its slot, and one on a dead node only ran when it was last seen', () => {
  const task = { id: 't', slot: 'web.2', service: 'web' }
  expect(nameOf(mapContainer({ name: 'web.2.t', task }))).toBe('web.2')
  expect(nameOf(mapContainer({ name: 'db' }))).toBe('db')
  const place = { ...task, image: 'nginx', error: null }
  expect(taskState({ ...place, state: 'running', node: 'worker1' })).toBe('running when last seen')
  expect(taskState({ ...place, state: 'pending', node: null })).toBe('pending')
})

test('a port says its protocol where it is not TCP', () => {
  expect(portWords({ published: 8080, target: 80, protocol: 'tcp' })).toBe('8080 → 80')
  expect(portWords({ published: 53, target: 53, protocol: 'udp' })).toBe('53 → 53/udp')
})

test('a name has always the same colour of six', () => {
  const colours = Array.from({ length: 60 }, (_one, index) => colourOf(`service-${index}`))
  expect(new Set(colours).size).toBe(6)
  expect(colourOf('service-7')).toBe(colours[7])
})

test('a pointer to a service points to its tasks too', () => {
  expect(isPointed('service:web', 'container', 'web.1', 'web')).toBe(true)
  expect(isPointed('container:web.1', 'container', 'web.1', 'web')).toBe(true)
  expect(isPointed('service:web', 'network', 'web')).toBe(false)
  expect(isPointed(null, 'node', 'node1')).toBe(false)
})
