/**
 * The number of single-node sessions that this machine can hold. Sessions are started until a start takes twice as
 * long as the first ones, memory gets short, or the wanted number is reached. It takes minutes, so the daily bench
 * leaves it out.
 *
 *   npm run bench -- --sessions 100
 */
import { availableMemory } from 'node:process'
import { removeTopology, type Shape, Topology } from '../../engine/topology'
import type { ReadyEngine } from '../integration/engine-fixture'
import { median, type Row, row, timed } from './rows'

const shape: Shape = {
  networks: [{ name: 'lab', internal: false }],
  nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }],
}
const options = { signal: new AbortController().signal, onActivity: () => undefined }
/** MiB of memory that must stay free. */
const RESERVE_MIB = 1024
const MIB = 1024 * 1024

export async function capacity(ready: ReadyEngine, most: number): Promise<Row[]> {
  const started: Topology[] = []
  const times: number[] = []
  const before = availableMemory()
  try {
    while (started.length < most && availableMemory() > RESERVE_MIB * MIB) {
      const build = async () =>
        void started.push(await Topology.build({ ...ready, owner: 'bench' }, shape, options))
      try {
        times.push(await timed(build))
      } catch (error) {
        // The kernel or the engine takes no more: the table says how many there are.
        process.stderr.write(`  the next one failed: ${error instanceof Error ? error.message : error}\n`)
        break
      }
      if (isSlow(times)) break
    }
    const count = row({ name: 'sessions at once', value: started.length, unit: '', atLeast: most })
    if (started.length === 0) return [count]
    const memory = (before - availableMemory()) / MIB / started.length
    return [
      count,
      row({ name: 'memory of the machine per session', value: memory, unit: 'MiB' }),
      row({
        name: 'start with all others there',
        value: median(times.slice(-5)),
        unit: 'ms',
        baseline: median(times.slice(0, 5)),
        ratioAtMost: 1.25,
      }),
    ]
  } finally {
    await Promise.allSettled(started.map((topology) => removeTopology(ready.engine, topology.id)))
  }
}

function isSlow(times: readonly number[]): boolean {
  return times.length > 10 && median(times.slice(-5)) > 2 * median(times.slice(0, 5))
}
