/** `npm run bench`: prints a table, or JSON with --json. Figures are of this machine, at this moment. */
import { openEngine } from '../integration/engine-fixture'
import { capacity } from './capacity'
import { checks, coldStart, idleMemory } from './nodes'
import { page } from './page'
import { type Row, table } from './rows'
import { topologies } from './topologies'

const rows: Row[] = []
const sessions = Number(process.argv[process.argv.indexOf('--sessions') + 1] ?? 0)
const daily = { coldStart, topologies, idleMemory, checks, page }
const chosen = process.argv.includes('--sessions')
  ? { capacity: (on: Awaited<ReturnType<typeof openEngine>>) => capacity(on, sessions) }
  : daily
// Held through the bench, so that the app's start finds the engine running, as after the first time.
const ready = await openEngine()
try {
  for (const [name, measure] of Object.entries(chosen)) {
    process.stderr.write(`… ${name}\n`)
    rows.push(...[await measure(ready)].flat())
  }
} finally {
  await ready[Symbol.asyncDispose]()
}
process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify({ rows })}\n` : `${table(rows)}\n`)
