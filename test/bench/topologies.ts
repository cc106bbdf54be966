/** How fast whole topologies are ready: cold, from the warm pool, and after a reset. */
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { loadLab } from '../../engine/labs'
import { containerSpec, labelsOf } from '../../engine/node'
import { LabSession, newRecord, recordsInMemory } from '../../engine/session'
import { removeTopology, type Shape, Topology, TopologyPool } from '../../engine/topology'
import { until } from '../../shared/system/wait'
import type { ReadyEngine } from '../integration/engine-fixture'
import { median, type Row, row, timed } from './rows'

const ROUNDS = 5
const options = { signal: new AbortController().signal, onActivity: () => undefined }
const networks = [{ name: 'lab', internal: false }]
const single: Shape = { networks, nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }] }
const swarm: Shape = {
  networks,
  nodes: [
    { name: 'manager1', swarm: 'manager', networks: ['lab'] },
    { name: 'worker1', swarm: 'worker', networks: ['lab'] },
    { name: 'worker2', swarm: 'worker', networks: ['lab'] },
  ],
}

export async function topologies(ready: ReadyEngine): Promise<Row[]> {
  return [
    row({ name: '1-node lab, warm pool', value: await warm(ready, single), unit: 'ms', atMost: 150 }),
    await coldSwarm(ready),
    row({ name: '3-node swarm, warm pool', value: await warm(ready, swarm), unit: 'ms', atMost: 1_000 }),
    row({ name: 'reset, warm pool', value: await reset(ready), unit: 'ms', atMost: 300 }),
  ]
}

/** Ours and the same steps by hand take turns, so that both meet the same machine. */
async function coldSwarm(ready: ReadyEngine): Promise<Row> {
  const [ours, byHand]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    let topology: Topology | null = null
    ours.push(
      await timed(async () => {
        topology = await Topology.build({ ...ready, owner: 'bench' }, swarm, options)
      }),
    )
    await remove(ready, topology)
    byHand.push(await swarmByHand(ready))
  }
  return row({
    name: '3-node swarm, cold, against the same steps by hand',
    value: median(ours),
    unit: 'ms',
    baseline: median(byHand),
    atMost: 2_200,
    ratioAtMost: 1.25,
  })
}

const ANSWERS = 'until docker version > /dev/null 2>&1; do sleep 0.01; done'
const FOUND = `${ANSWERS}; docker swarm init --advertise-addr eth0 > /dev/null && docker swarm join-token -q worker`
const ALL_READY = 'until [ "$(docker node ls | grep -c Ready)" = 3 ]; do sleep 0.01; done'

/** What a person would type who has three containers of the node image, in a script that waits for nothing in vain. */
async function swarmByHand({ engine, images }: ReadyEngine): Promise<number> {
  const { docker } = engine
  const belonging = { topologyId: `bench-${randomUUID().slice(0, 8)}`, owner: 'bench' }
  const sh = async (id: string, script: string) =>
    (await docker.execs.run(id, ['sh', '-c', script], { limitMs: 60_000 })).stdout.trim()
  try {
    return await timed(async () => {
      const network = await docker.networks.create(belonging.topologyId, labelsOf('network', belonging))
      const run = async (name: string) => {
        const spec = containerSpec({ engine, images, ...belonging, networks: [{ network }], name })
        const id = await docker.containers.create(spec)
        await docker.containers.start(id)
        return id
      }
      const workers = ['worker1', 'worker2'].map(async (name) => {
        const id = await run(name)
        await sh(id, ANSWERS)
        return id
      })
      const manager = await run('manager1')
      const token = await sh(manager, FOUND)
      await Promise.all(
        workers.map(async (worker) => await sh(await worker, `docker swarm join --token ${token} manager1`)),
      )
      await sh(manager, ALL_READY)
    })
  } finally {
    await removeTopology(engine, belonging.topologyId)
  }
}

async function remove({ engine }: ReadyEngine, topology: Topology | null): Promise<void> {
  if (topology) await removeTopology(engine, topology.id)
}

async function warm(ready: ReadyEngine, shape: Shape): Promise<number> {
  await using pool = poolOf(ready)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await pool.filled(shape)
    let topology: Topology | null = null
    times.push(
      await timed(async () => {
        topology = await pool.take(shape, options)
      }),
    )
    await remove(ready, topology)
  }
  return median(times)
}

/** The time from a click on Reset until the first step is open again on fresh nodes. */
async function reset(ready: ReadyEngine): Promise<number> {
  await using pool = poolOf(ready)
  const folder = fileURLToPath(new URL('../../labs/networking/published-ports', import.meta.url))
  const { lab } = await loadLab(folder)
  if (!lab) throw new Error('the lab has problems')
  const record = newRecord({ id: 'bench', lab, kind: 'verify' })
  const session = new LabSession({
    topologies: pool,
    lab,
    record,
    records: recordsInMemory(),
  })
  await session.start()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await pool.filled(single)
    times.push(await timed(() => session.reset()))
  }
  await session.stop()
  return median(times)
}

const FILL_LIMIT_MS = 120_000

class BenchPool extends TopologyPool implements AsyncDisposable {
  async filled(shape: Shape): Promise<void> {
    this.expect(shape)
    await until(() => this.has(shape), {
      limitMs: FILL_LIMIT_MS,
      everyMs: 50,
      atLimit: () => new Error('The pool did not fill.'),
    })
    await this.settled()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose()
  }
}

function poolOf(ready: ReadyEngine): BenchPool {
  return new BenchPool({ ...ready, owner: 'bench', room: async () => 7, lookMs: 200 })
}
