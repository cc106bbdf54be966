/**
 * `npm run bench` prints a table, or JSON with --json. The figures describe this machine at this moment.
 *
 *   --only coldStart,page   some of it
 *   --only firstSetup,proofs   what takes minutes, on a machine that has nothing else to do
 *   --sessions 100          how many sessions the machine can hold (takes minutes)
 */
import { parseArgs } from 'node:util'
import { openEngine, type ReadyEngine } from '../integration/engine-fixture'
import { capacity } from './capacity'
import { exam } from './exam'
import { firstGreen } from './first-green'
import { firstSetup, proofs } from './long'
import { map } from './map'
import { checks, coldStart, idleMemory } from './nodes'
import { page } from './page'
import { type Row, table } from './rows'
import { topologies } from './topologies'

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, sessions: { type: 'string' } },
})

type Measure = (ready: ReadyEngine) => Promise<Row | Row[]>

type Alone = () => Promise<Row | Row[]>

/** The parts that need no engine. */
const PURE: Readonly<Record<string, Alone>> = { exam }

/** They take minutes, so they run only when they are named. */
const LONG: Readonly<Record<string, Alone>> = { firstSetup, proofs }

const DAILY: Readonly<Record<string, Measure>> = {
  coldStart,
  topologies,
  idleMemory,
  checks,
  map,
  page,
  firstGreen,
}

function chosen<T>(from: Readonly<Record<string, T>>): [string, T][] {
  if (values.sessions) return []
  const names = values.only?.split(',') ?? Object.keys(from)
  return Object.entries(from).filter(([name]) => names.includes(name))
}

const parts = [PURE, DAILY, LONG].flatMap((some) => Object.keys(some))
const unknown = (values.only?.split(',') ?? []).filter((name) => !parts.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. The parts are ${parts.join(', ')}.\n`)
  process.exit(2)
}

const rows: Row[] = []

async function measured(name: string, work: () => Promise<Row | Row[]>): Promise<void> {
  process.stderr.write(`… ${name}\n`)
  rows.push(...[await work()].flat())
}

for (const [name, measure] of [...chosen(PURE), ...(values.only ? chosen(LONG) : [])])
  await measured(name, measure)

const withEngine: [string, Measure][] = values.sessions
  ? [['sessions', (ready) => capacity(ready, Number(values.sessions))]]
  : chosen(DAILY)
if (withEngine.length > 0) {
  // The bench holds the engine, so that the app finds it running, as it does after its first start.
  const ready = await openEngine()
  try {
    for (const [name, measure] of withEngine) await measured(name, () => measure(ready))
  } finally {
    await ready[Symbol.asyncDispose]()
  }
}
process.stdout.write(values.json ? `${JSON.stringify({ rows })}\n` : `${table(rows)}\n`)
