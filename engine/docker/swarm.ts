/** The swarm that one engine belongs to: founds it, joins it, lists its members. */
import { z } from 'zod'
import { isCapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import { JoinTokens, listOf, SwarmNodeInfo } from './answers'
import type { EngineConnection } from './connection'

/** A join waits for the new member's certificate and, for a manager, for Raft. */
const JOIN_LIMIT_MS = 30_000
const LOOK_AGAIN_MS = 200
/** The engine itself answers after 20 s that it goes on joining (moby, daemon/cluster, errSwarmJoinTimeoutReached). */
const GOES_ON = /timeout was reached before node joined/i

/** What an engine says about its own membership (Engine API, "SwarmInfo"). */
const SwarmState = z.object({
  Swarm: z.object({
    NodeID: z.string().max(64).default(''),
    /** Such as `inactive`, `pending`, `active` and `error`. */
    LocalNodeState: z.string().max(64),
    /** True for a manager that takes commands. */
    ControlAvailable: z.boolean().default(false),
  }),
})

/** A member as a manager describes it, with what must be sent back to change it. */
const Member = z.object({
  Version: z.object({ Index: z.number() }),
  Spec: z.looseObject({ Role: z.string().max(64) }),
})

/** An engine as a member of its swarm. */
export interface OwnMembership {
  /** Its id in the swarm; empty when it is in none. */
  readonly id: string
  readonly isMember: boolean
  readonly isManager: boolean
}

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

  /** Joins, and waits until that is done, also where the engine has lost its patience. */
  async join(options: JoinOptions): Promise<void> {
    try {
      await this.#askToJoin(options)
    } catch (error) {
      if (!isCapstanError(error, 'engine-refused') || !GOES_ON.test(error.message)) throw error
      await until(async () => (await this.#localState()) !== 'pending', {
        limitMs: JOIN_LIMIT_MS,
        everyMs: LOOK_AGAIN_MS,
        waitsFor: 'the swarm to be joined',
      })
      if ((await this.#localState()) !== 'active') throw error
    }
  }

  async #askToJoin({ listen, advertise, manager, token }: JoinOptions): Promise<void> {
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

  async #localState(): Promise<string> {
    return (await this.#own()).LocalNodeState
  }

  async #own(): Promise<z.infer<typeof SwarmState>['Swarm']> {
    const request = { path: '/info', doing: 'asking whether the swarm is joined' }
    return (await this.#connection.ask(request, SwarmState)).Swarm
  }

  /** What this engine itself is in the swarm. */
  async own(): Promise<OwnMembership> {
    const { NodeID: id, LocalNodeState, ControlAvailable } = await this.#own()
    return { id, isMember: LocalNodeState === 'active', isManager: ControlAvailable }
  }

  /** Makes a manager a worker. The engine must be another manager. */
  async demote(id: string): Promise<void> {
    const path = `/nodes/${encodeURIComponent(id)}`
    const doing = 'demoting a manager'
    const { Version, Spec } = await this.#connection.ask({ path, doing }, Member)
    const [query, body] = [{ version: Version.Index }, { ...Spec, Role: 'worker' }]
    await this.#connection.send({ method: 'POST', path: `${path}/update`, query, body, doing })
  }

  /** Leaves the swarm. A manager must be demoted before. */
  async leave(): Promise<void> {
    await this.#connection.send({ method: 'POST', path: '/swarm/leave', doing: 'leaving the swarm' })
  }

  /** Takes a member that has left from the list. The engine must be a manager. */
  async forget(id: string): Promise<void> {
    await this.#connection.sendUnlessGone({
      method: 'DELETE',
      path: `/nodes/${encodeURIComponent(id)}`,
      query: { force: true },
      doing: 'removing a member of the swarm',
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
