/** The swarm that one engine belongs to: founds it, joins it, lists its members. */
import { z } from 'zod'
import { JoinTokens, listOf, SwarmNodeInfo } from './answers'
import type { EngineConnection } from './connection'

/** A join waits for the new member's certificate and, for a manager, for Raft. */
const JOIN_LIMIT_MS = 30_000

export interface SwarmAddresses {
  /** `address:port` on which the engine listens for the cluster's control traffic. */
  readonly listen: string
  /** `address:port` that the other members use to reach it. */
  readonly advertise: string
}

export interface JoinOptions extends SwarmAddresses {
  /** `address:port` of a manager. */
  readonly manager: string
  readonly token: string
}

export class Swarm {
  readonly #connection: EngineConnection

  constructor(connection: EngineConnection) {
    this.#connection = connection
  }

  async init({ listen, advertise }: SwarmAddresses): Promise<void> {
    await this.#connection.send({
      method: 'POST',
      path: '/swarm/init',
      body: { ListenAddr: listen, AdvertiseAddr: advertise },
      doing: 'founding the swarm',
      limitMs: JOIN_LIMIT_MS,
    })
  }

  async join({ listen, advertise, manager, token }: JoinOptions): Promise<void> {
    await this.#connection.send({
      method: 'POST',
      path: '/swarm/join',
      body: {
        ListenAddr: listen,
        AdvertiseAddr: advertise,
        RemoteAddrs: [manager],
        JoinToken: token,
      },
      doing: 'joining the swarm',
      limitMs: JOIN_LIMIT_MS,
    })
  }

  async joinTokens(): Promise<JoinTokens> {
    const request = { path: '/swarm', doing: 'asking for the join tokens' }
    return (await this.#connection.ask(request, z.object({ JoinTokens }))).JoinTokens
  }

  async nodes(): Promise<SwarmNodeInfo[]> {
    return await this.#connection.ask({ path: '/nodes', doing: 'listing the swarm' }, listOf(SwarmNodeInfo))
  }
}
