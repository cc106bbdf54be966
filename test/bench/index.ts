/**
 * `npm run bench`: prints a table, or JSON with --json. Figures are of this machine, at this moment.
 *
 *   --only coldStart,page   some of it
 *   --sessions 100          how many sessions the machine carries, which takes minutes
 */
import { parseArgs } from 'node:util'
import { openEngine, type ReadyEngine } from '../integration/engine-fixture'
import { capacity } from './capacity'
import { checks, coldStart, idleMemory } from './nodes'
import { page } from './page'
import { type Row, table } from './rows'
import { topologies } from './topologies'

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, sessions: { type: 'string' } },
})

type Measure = (ready: ReadyEngine) => Promise<Row | Row[]>

const DAILY: Readonly<Record<string, Measure>> = { coldStart, topologies, idleMemory, checks, page }

function chosen(): [string, Measure][] {
  if (values.sessions) return [['sessions', (ready) => capacity(ready, Number(values.sessions))]]
  const names = values.only?.split(',') ?? Object.keys(DAILY)
  return Object.entries(DAILY).filter(([name]) => names.includes(name))
}

const rows: Row[] = []
// Held through the bench, so that the app's start finds the engine running, as after the first time.
const ready = await openEngine()
try {
  for (const [name, measure] of chosen()) {
    process.stderr.write(`… ${name}\n`)
    rows.push(...[await measure(ready)].flat())
  }
} finally {
  await ready[Symbol.asyncDispose]()
}
process.stdout.write(values.json ? `${JSON.stringify({ rows })}\n` : `${table(rows)}\n`)
