/** How fast nodes start, how much memory they need, and how fast checks are. */
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type LabResult, type LoadedLab, loadLab } from '../../engine/labs'
import { containerSpec, createNode, type LabNode, labelsOf } from '../../engine/node'
import { LabSession, newRecord, recordsInMemory } from '../../engine/session'
import { removeTopology, TopologyPool } from '../../engine/topology'
import type { ReadyEngine } from '../integration/engine-fixture'
import { median, quantile, type Row, row, timed } from './rows'

const ROUNDS = 7
const MIB = 1024 * 1024

/**
 * The time from create to an answering engine. The baseline is the same container, created raw, whose engine is
 * polled from inside.
 */
export async function coldStart(ready: ReadyEngine): Promise<Row> {
  const { engine, images } = ready
  await using place = await benchNetwork(ready)
  const ours: number[] = []
  const raw: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const options = { engine, images, ...place.options, name: `n${round}` }
    ours.push(await timed(() => createNode(options)))
    raw.push(
      await timed(async () => {
        const id = await engine.docker.containers.create(containerSpec({ ...options, name: `r${round}` }))
        await engine.docker.containers.start(id)
        const poll = 'until docker version >/dev/null 2>&1; do sleep 0.01; done'
        await engine.docker.execs.run(id, ['sh', '-c', poll], { limitMs: 20_000 })
      }),
    )
  }
  return row({
    name: '1-node start, cold',
    value: median(ours),
    unit: 'ms',
    baseline: median(raw),
    ratioAtMost: 1.2,
  })
}

export async function idleMemory(ready: ReadyEngine): Promise<Row> {
  const { engine, images } = ready
  await using place = await benchNetwork(ready)
  const weights: number[] = []
  for (let count = 0; count < 5; count++) {
    const node = await createNode({ engine, images, ...place.options, name: `m${count}` })
    weights.push(await weight(engine, node))
  }
  return row({ name: 'idle node, memory', value: median(weights), unit: 'MiB', atMost: 40 })
}

/** Makes a network for nodes of the bench and removes everything at the end. */
async function benchNetwork({ engine }: ReadyEngine) {
  const belonging = { topologyId: `bench-${randomUUID().slice(0, 8)}`, owner: 'bench' }
  const name = `capstan-${belonging.topologyId}`
  const network = await engine.docker.networks.create(name, labelsOf('network', belonging))
  return {
    options: { ...belonging, networks: [{ network }] as const },
    [Symbol.asyncDispose]: async () => await removeTopology(engine, belonging.topologyId),
  }
}

/** The memory that the kernel cannot take back: the total without the page cache of the image's files. */
async function weight({ docker }: ReadyEngine['engine'], { containerId }: LabNode): Promise<number> {
  const { memory_stats: memory } = await docker.containers.stats(containerId)
  // cgroup v1 calls it cache, v2 file; the types know v1 only.
  const stats: Readonly<Record<string, number>> = { ...memory.stats }
  const cache = stats.cache ?? stats.file ?? 0
  return (memory.usage - cache) / MIB
}

/** The time of a look at a step's checks, and the time from a command's end to green. */
export async function checks({ engine, images }: ReadyEngine): Promise<Row[]> {
  const lab = withoutGuards(await loadLab(LAB))
  const record = newRecord({ id: `bench-${randomUUID().slice(0, 8)}`, lab, kind: 'verify' })
  const topologies = new TopologyPool({ engine, images, owner: 'bench', room: async () => 0 })
  const session = new LabSession({ topologies, lab, record, records: recordsInMemory() })
  await session.start()
  const [first] = lab.steps
  const looks: number[] = []
  for (let look = 0; look < 60; look++) looks.push(await timed(() => session.evaluateStep(first?.id ?? '')))
  const greens: number[] = []
  const node = session.node('node1')
  for (let round = 0; round < 10; round++) {
    await node.exec(['docker', 'rm', '-f', 'web'])
    await settled(session, 'missing')
    await node.exec(['docker', 'create', '--name', 'web', 'nginx'])
    await node.exec(['docker', 'start', 'web'])
    greens.push(await timed(() => settled(session, 'green')))
  }
  await session.stop()
  return [
    row({ name: 'state check of one step, p95', value: quantile(looks, 0.95), unit: 'ms', atMost: 50 }),
    row({ name: 'command done → green, p95', value: quantile(greens, 0.95), unit: 'ms', atMost: 300 }),
  ]
}

const LAB = fileURLToPath(new URL('../../labs/installation/container-life', import.meta.url))

/** Guards are green from the start, so they never turn. The looks of the others ask the engine's API. */
function withoutGuards({ lab }: LabResult): LoadedLab {
  if (!lab) throw new Error('the lab has problems')
  const steps = lab.steps.map((step) => ({ ...step, checks: step.checks.filter(({ guard }) => !guard) }))
  return { ...lab, steps }
}

async function settled(session: LabSession, state: string): Promise<void> {
  const isIt = () => session.snapshot().steps[0]?.checks.every((check) => check.state === state) ?? false
  if (isIt()) return
  await new Promise<void>((done) => {
    const stop = session.onChange(() => {
      if (!isIt()) return
      stop()
      done()
    })
  })
}
