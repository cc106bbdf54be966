import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CallCase, checkCall, type HttpEngine, openHttpEngine } from './testing/index.test-kit'

let engine: HttpEngine
beforeEach(async () => {
  engine = await openHttpEngine()
})
afterEach(() => engine[Symbol.asyncDispose]())

const addresses = { listen: '0.0.0.0:2377', advertise: '10.215.0.10:2377' }
const cases: CallCase[] = [
  {
    what: 'init',
    call: ({ swarm }) => swarm.init(addresses),
    sends: {
      method: 'POST',
      path: '/swarm/init',
      body: { ListenAddr: '0.0.0.0:2377', AdvertiseAddr: '10.215.0.10:2377' },
    },
  },
  {
    what: 'join',
    call: ({ swarm }) => swarm.join({ ...addresses, manager: '10.215.0.11:2377', token: 'SWMTKN' }),
    sends: {
      path: '/swarm/join',
      body: {
        ListenAddr: '0.0.0.0:2377',
        AdvertiseAddr: '10.215.0.10:2377',
        RemoteAddrs: ['10.215.0.11:2377'],
        JoinToken: 'SWMTKN',
      },
    },
  },
  {
    what: 'the join tokens',
    call: ({ swarm }) => swarm.joinTokens(),
    sends: { path: '/swarm' },
    answer: { ID: 's1', JoinTokens: { Manager: 'm', Worker: 'w' } },
    gives: { Manager: 'm', Worker: 'w' },
  },
  {
    what: 'the members',
    call: ({ swarm }) => swarm.nodes(),
    sends: { path: '/nodes' },
    answer: [{ Status: { State: 'ready' } }],
    gives: [{ Status: { State: 'ready' } }],
  },
  {
    what: 'what the engine itself is',
    call: ({ swarm }) => swarm.own(),
    sends: { path: '/info' },
    answer: { Swarm: { NodeID: 'n1', LocalNodeState: 'active', ControlAvailable: true } },
    gives: { id: 'n1', isMember: true, isManager: true },
  },
  {
    what: 'to leave',
    call: ({ swarm }) => swarm.leave(),
    sends: { method: 'POST', path: '/swarm/leave' },
  },
  {
    what: 'to forget a member',
    call: ({ swarm }) => swarm.forget('n1'),
    sends: { method: 'DELETE', path: '/nodes/n1', query: { force: true } },
  },
]
test.each(cases)('$what', (one) => checkCall(engine, one))

const joinWith = { ...addresses, manager: '10.215.0.11:2377', token: 'SWMTKN' }
const WORDS =
  'Timeout was reached before node joined. The attempt to join the swarm will continue in the background.'

/** An engine that gives up waiting for its join, and then is in these states, one after the other. */
function slowJoin(...states: string[]): void {
  engine.handle((request, response) => {
    if (request.url?.startsWith('/swarm/join')) {
      response.writeHead(503).end(JSON.stringify({ message: WORDS }))
    } else {
      const LocalNodeState = states.length > 1 ? states.shift() : states[0]
      response.end(JSON.stringify({ Swarm: { LocalNodeState } }))
    }
  })
}

test('a join that goes on after the patience of the engine is waited for', async () => {
  slowJoin('pending', 'pending', 'active')
  await engine.client.swarm.join(joinWith)
})

test('a join that fails after the patience of the engine fails with its words', async () => {
  slowJoin('pending', 'error')
  await expect(engine.client.swarm.join(joinWith)).rejects.toThrow('before node joined')
})

test('a manager is demoted with what else was said of it, and the version that was read', async () => {
  const sent: string[] = []
  engine.handle((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      sent.push(`${request.method} ${request.url?.replace(/^.*\/nodes/, '/nodes')} ${body}`)
      const spec = { Role: 'manager', Availability: 'drain' }
      response.end(JSON.stringify(request.method === 'GET' ? { Version: { Index: 7 }, Spec: spec } : {}))
    })
  })
  await engine.client.swarm.demote('n1')
  expect(sent.at(-1)).toMatch(/^POST \/nodes\/n1\/update\?.*version=7/)
  expect(sent.at(-1)).toContain('{"Role":"worker","Availability":"drain"}')
})
