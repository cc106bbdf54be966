/** How fast whole topologies are ready: cold, from the warm pool, and after a reset. */
import { fileURLToPath } from 'node:url'
import { loadLab } from '../../engine/labs'
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
    row({ name: '3-node swarm, cold', value: await cold(ready, swarm), unit: 'ms', atMost: 3_000 }),
    row({ name: '3-node swarm, warm pool', value: await warm(ready, swarm), unit: 'ms', atMost: 1_000 }),
    row({ name: 'reset, warm pool', value: await reset(ready), unit: 'ms', atMost: 300 }),
  ]
}

async function cold(ready: ReadyEngine, shape: Shape): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    let topology: Topology | null = null
    times.push(
      await timed(async () => {
        topology = await Topology.build({ ...ready, owner: 'bench' }, shape, options)
      }),
    )
    await remove(ready, topology)
  }
  return median(times)
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
