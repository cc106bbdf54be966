import { afterEach, beforeEach, test } from 'vitest'
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
]
test.each(cases)('$what', (one) => checkCall(engine, one))
