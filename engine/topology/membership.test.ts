import { expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { joinSwarm, leaveSwarm, managerAmong, type PlacedNode } from './membership'

interface Member {
  manager: boolean
  state: string
}

/** Nodes of one swarm that do at once what they are asked. */
function swarmOf(members: Record<string, Member>) {
  const log: string[] = []
  const listed = new Map(Object.entries(members))
  const refuse = (name: string) => new CapstanError('node-gone', `${name} is off`)
  const placed = (name: string): PlacedNode => ({
    address: `10.0.0.${name}`,
    node: {
      name,
      docker: {
        networks: { exists: async () => true },
        swarm: {
          init: async () => undefined,
          joinTokens: async () => ({ Manager: 'M', Worker: 'W' }),
          join: async ({ manager, token }) => {
            log.push(`${name} joins ${manager} with ${token}`)
            listed.set(name, { manager: token === 'M', state: 'ready' })
          },
          own: async () => {
            const member = listed.get(name)
            if (member?.state === 'off') throw refuse(name)
            return { id: name, isMember: Boolean(member), isManager: Boolean(member?.manager) }
          },
          nodes: async () => [...listed].map(([ID, { state }]) => ({ ID, Status: { State: state } })),
          demote: async (id) => {
            log.push(`${name} demotes ${id}`)
            listed.set(id, { manager: false, state: 'ready' })
          },
          leave: async () => {
            log.push(`${name} leaves`)
            listed.set(name, { manager: false, state: 'down' })
          },
          forget: async (id) => {
            log.push(`${name} forgets ${id}`)
            listed.delete(id)
          },
        },
      },
    },
  })
  return { log, placed, listed }
}

const READY = { manager: false, state: 'ready' }
const MANAGER = { manager: true, state: 'ready' }

test('a node joins through a manager that answers, in its role', async () => {
  const { log, placed } = swarmOf({ 1: { manager: true, state: 'off' }, 2: READY, 3: MANAGER })
  const manager = await managerAmong([placed('1'), placed('2'), placed('3')])
  await joinSwarm(placed('4'), 'worker', manager)
  await joinSwarm(placed('5'), 'manager', manager)
  expect(log).toEqual(['4 joins 10.0.0.3:2377 with W', '5 joins 10.0.0.3:2377 with M'])
})

test('without a manager there is nothing to join', async () => {
  const { placed } = swarmOf({ 1: READY })
  await expect(managerAmong([placed('1')])).rejects.toMatchObject({ code: 'session-state' })
})

test('a worker leaves, and is taken from the list', async () => {
  const { log, placed, listed } = swarmOf({ 1: MANAGER, 2: READY })
  await leaveSwarm(placed('2').node, [placed('1')])
  expect(log).toEqual(['2 leaves', '1 forgets 2'])
  expect([...listed.keys()]).toEqual(['1'])
})

test('a manager is demoted by another one first', async () => {
  const { log, placed } = swarmOf({ 1: MANAGER, 2: MANAGER })
  await leaveSwarm(placed('1').node, [placed('2')])
  expect(log).toEqual(['2 demotes 1', '1 leaves', '2 forgets 1'])
})

test('a node that is in no swarm leaves nothing', async () => {
  const { log, placed } = swarmOf({ 1: MANAGER })
  await leaveSwarm(placed('2').node, [placed('1')])
  expect(log).toEqual([])
})

test.each([
  ['the last manager', { 1: MANAGER, 2: READY }, '1 is the last manager of its swarm'],
  ['a node that is off', { 1: { manager: false, state: 'off' }, 2: MANAGER }, '1 does not answer'],
  ['a worker without managers', { 1: READY, 2: { manager: true, state: 'off' } }, '1 has no manager left'],
])('%s cannot leave, and is told why', async (_which, members, message) => {
  const { log, placed } = swarmOf(members)
  await expect(leaveSwarm(placed('1').node, [placed('2')])).rejects.toThrow(message)
  expect(log).toEqual([])
})
