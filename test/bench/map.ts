/** How fast the live map is: from the moment at which an engine's event reaches the host until the map shows it. */
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { loadLab } from '../../engine/labs'
import type { MapSnapshot } from '../../engine/map'
import { LabSession, newRecord, recordsInMemory } from '../../engine/session'
import { TopologyPool } from '../../engine/topology'
import type { ReadyEngine } from '../integration/engine-fixture'
import { quantile, type Row, row, timed } from './rows'

const ROUNDS = 60
const TARGET_MS = 300

export async function map({ engine, images }: ReadyEngine): Promise<Row> {
  const folder = new URL('../../labs/orchestration/services-and-scaling', import.meta.url)
  const { lab } = await loadLab(fileURLToPath(folder))
  if (!lab) throw new Error('the lab has problems')
  const record = newRecord({ id: `bench-${randomUUID().slice(0, 8)}`, lab, kind: 'verify' })
  const topologies = new TopologyPool({ engine, images, owner: 'bench', room: async () => 0 })
  const session = new LabSession({ topologies, lab, record, records: recordsInMemory() })
  await session.start()
  try {
    const value = quantile(await latencies(session), 0.95)
    const baseline = quantile(await questions(session), 0.95)
    const name = 'map: event → picture, p95, against one list of containers'
    return row({ name, value, unit: 'ms', baseline, atMost: TARGET_MS })
  } finally {
    await session.stop()
  }
}

/** Starts a container on a worker again and again. Each start is seen as an event first, and on the map then. */
async function latencies(session: LabSession): Promise<number[]> {
  const node = session.node('worker1')
  const times: number[] = []
  let startedAt = 0
  let shownAt: (now: number) => void = () => undefined
  let wanted = ''
  let latest: MapSnapshot | null = null
  const stopEvents = await node.docker.watchEvents({
    filters: { type: ['container'], event: ['start'] },
    onEvent: () => {
      startedAt = performance.now()
      if (latest && shows(latest, wanted)) shownAt(startedAt)
    },
    onEnd: () => undefined,
  })
  const stopMap = session.map.watch((now) => {
    latest = now
    if (startedAt > 0 && shows(now, wanted)) shownAt(performance.now())
  })
  for (let round = 0; round < ROUNDS; round++) {
    startedAt = 0
    wanted = `map${round}`
    const shown = new Promise<number>((done) => {
      shownAt = done
    })
    await node.exec(['docker', 'run', '-d', '--name', wanted, 'nginx'])
    times.push((await shown) - startedAt)
  }
  stopMap()
  stopEvents()
  return times
}

/** What one question to a node's engine takes: the map cannot be faster. */
async function questions(session: LabSession): Promise<number[]> {
  const { docker } = session.node('worker1')
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++)
    times.push(await timed(() => docker.get('/containers/json?all=1')))
  return times
}

function shows(map: MapSnapshot, name: string): boolean {
  return map.nodes.some(({ containers }) =>
    containers.some((one) => one.name === name && one.state === 'running'),
  )
}
