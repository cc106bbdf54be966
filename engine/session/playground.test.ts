import { expect, test } from 'vitest'
import {
  assertFits,
  assertRoom,
  nextNode,
  type PlaygroundChoice,
  playgroundLab,
  playgroundOf,
  playgroundShape,
  roomFor,
} from './playground'

const choice = (part: Partial<PlaygroundChoice> = {}): PlaygroundChoice => ({
  name: 'Play',
  managers: 1,
  workers: 1,
  swarm: true,
  engine: null,
  ...part,
})
const LARGE = { memory: 24_000, running: 0 }
const namesOf = (part: Partial<PlaygroundChoice>) => playgroundOf(choice(part)).nodes.map(({ name }) => name)

test('nodes are named after their roles', () => {
  expect(namesOf({ managers: 3, workers: 2 })).toEqual([
    'manager1',
    'manager2',
    'manager3',
    'worker1',
    'worker2',
  ])
})

test('without a swarm nobody is a member, and the roles stay in the names', () => {
  const { nodes } = playgroundOf(choice({ swarm: false }))
  expect(nodes.map(({ name, swarm }) => `${name} ${swarm}`)).toEqual(['manager1 none', 'worker1 none'])
})

test.each([
  [{ managers: 0, workers: 0 }, 'A playground needs a node.'],
  [{ managers: 0, workers: 2 }, 'A swarm needs a manager.'],
  [{ managers: 8, workers: 0 }, 'A playground has up to 7 managers.'],
  [{ managers: 5, workers: 6 }, '11 more nodes do not fit. A playground has up to 10 nodes.'],
])('%o is refused, and the message says why', (part, message) => {
  expect(() => assertFits(choice(part), LARGE)).toThrow(message)
})

test('workers without a manager are fine where there is no swarm', () => {
  expect(() => assertFits(choice({ managers: 0, workers: 2, swarm: false }), LARGE)).not.toThrow()
})

test('a small machine has room for fewer nodes, and says why', () => {
  const room = roomFor({ memory: 2048, running: 1 })
  expect(room).toMatchObject({ nodes: 3, managers: 3 })
  expect(room.reason).toContain('2048 MiB')
  expect(room.reason).toContain('1 of other labs')
  expect(() => assertRoom(4, { memory: 2048, running: 1 })).toThrow(
    '4 more nodes do not fit. The engine has 2048 MiB',
  )
})

test('a full machine has no room, and one of unknown size has all', () => {
  expect(roomFor({ memory: 1024, running: 9 }).nodes).toBe(0)
  expect(roomFor({ memory: 0, running: 9 }).nodes).toBe(10)
})

test('an added node has a new number and a new place, also after the last one was removed', () => {
  const playground = playgroundOf(choice({ managers: 1, workers: 2 }))
  const added = nextNode(playground, { role: 'worker', join: true })
  expect(added).toEqual({ name: 'worker3', role: 'worker', swarm: 'worker', place: 3 })
  const [manager, , worker2] = playground.nodes
  const fewer = { ...playground, nodes: [manager, worker2, added].filter((node) => node !== undefined) }
  expect(nextNode(fewer, { role: 'manager', join: false })).toEqual({
    name: 'manager2',
    role: 'manager',
    swarm: 'none',
    place: 4,
  })
})

test('when all places were used once, a free one is used again', () => {
  const playground = playgroundOf(choice())
  const last = {
    ...playground.nodes[0],
    name: 'manager1',
    role: 'manager' as const,
    swarm: 'none' as const,
    place: 49,
  }
  expect(nextNode({ ...playground, nodes: [last] }, { role: 'worker', join: false }).place).toBe(0)
})

test('a playground with all nodes takes no more', () => {
  const full = playgroundOf(choice({ managers: 5, workers: 5 }))
  expect(() => nextNode(full, { role: 'worker', join: true })).toThrow('up to 10 nodes')
})

test('a new playground has the shape of a lab with such nodes; a changed one keeps its addresses', () => {
  const playground = playgroundOf(choice())
  expect(playgroundShape(playground)).toEqual({
    nodes: [
      { name: 'manager1', swarm: 'manager', networks: ['lab'] },
      { name: 'worker1', swarm: 'worker', networks: ['lab'] },
    ],
    networks: [{ name: 'lab', internal: false }],
  })
  const changed = { ...playground, engine: '20.10', nodes: playground.nodes.slice(1) }
  expect(playgroundShape(changed).nodes).toEqual([
    { name: 'worker1', swarm: 'worker', networks: ['lab'], engine: '20.10', place: 1 },
  ])
})

test('as a lab it has nothing that somebody wrote', () => {
  const lab = playgroundLab('playground_1', playgroundOf(choice()))
  expect(lab).toMatchObject({ kind: 'playground', steps: [], files: [], setup: [], requires: [] })
})
