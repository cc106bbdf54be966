/** `npm run verify:kernel`: setup/verify-kernel.mjs tells how it is called. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resourcesFolder } from '../../engine'
import { engineHome, unpackPackages } from '../../engine/outer'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { endOnSignals } from '../../shared/system/ending'
import { withLock } from '../../shared/system/lock'
import { type Capstan, doctorOf, FEATURES, type Features } from './capstan'
import { prepareData, writeDisk } from './data'
import { boot, consoleOf, type Machine, obstacle } from './machine'
import { fetchKernel } from './packages'
import { prove } from './prove'
import { asRow, isGood, type Row, table } from './summary'
import { allWork, choose, type Work } from './work'

/** For one lab with all its mistakes. */
const WORK_LIMIT_MS = 5_400_000
const LOCK_LIMIT_MS = 1_200_000

const say = (text: string) => void process.stderr.write(text)
const tell = (text: string) => say(`${text}\n`)

interface Arguments {
  readonly cgroups: readonly (1 | 2)[]
  readonly only: readonly string[]
  readonly json: boolean
}

function readArguments(): Arguments {
  const options = {
    cgroup: { type: 'string', default: 'both' },
    only: { type: 'string' },
    json: { type: 'boolean' },
  }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: options as { cgroup: { type: 'string' }; only: { type: 'string' }; json: { type: 'boolean' } },
  })
  const only = [...(values.only?.split(',') ?? []), ...positionals]
  const cgroups = { '1': [1], '2': [2], both: [1, 2] } as const
  const { cgroup = 'both' } = values
  if (cgroup !== '1' && cgroup !== '2' && cgroup !== 'both')
    throw new CapstanError('bad-input', `--cgroup ${cgroup} is not 1, 2 or both.`)
  return { cgroups: cgroups[cgroup], only, json: values.json ?? false }
}

interface Places {
  /** Cache that the next run uses. */
  readonly folder: string
  /** Folder of the scripts. */
  readonly scripts: string
  readonly kernel: string
  readonly engine: string
  readonly capstan: Capstan
  readonly signal: AbortSignal
}

async function verify({ cgroups, only }: Arguments, signal: AbortSignal): Promise<Row[]> {
  const cannot = obstacle()
  if (cannot) throw cannot
  const [root, home] = [resourcesFolder(), engineHome()]
  const [folder, scripts] = [join(home, 'kernel'), join(root, 'test/kernel')]
  await mkdir(folder, { recursive: true })
  const temporary = await mkdtemp(join(tmpdir(), 'capstan-kernel-'))
  const whole = async () => {
    tell('… Fetching the kernel')
    const kernel = await fetchKernel({ folder, sources: scripts, signal })
    const engine = await unpackPackages({ home, onProgress: () => undefined, signal })
    const capstan = { root, data: temporary, say }
    const places = { folder, scripts, kernel, engine, capstan, signal }
    tell('… Preparing the images on this computer’s own kernel')
    const own = await prepareData({ ...places, script: join(scripts, 'prepare.sh') })
    const work = choose(await allWork(root), { own, only })
    tell(workText(own, work))
    const rows: Row[] = []
    for (const cgroup of work.length > 0 ? cgroups : []) rows.push(...(await proveOn(cgroup, work, places)))
    return rows
  }
  try {
    return await withLock(join(folder, 'lock'), whole, { signal, limitMs: LOCK_LIMIT_MS })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

function workText(own: Features, work: readonly Work[]): string {
  const lacks = Object.keys(own).filter((name) => !own[name])
  const count = (kind: Work['kind']) => work.filter((one) => one.kind === kind).length
  const found = `${count('lab')} labs, ${count('claim')} claims and ${count('test')} tests`
  return `This computer’s own kernel lacks ${lacks.join(', ') || 'nothing'}. To prove: ${found}.`
}

async function proveOn(cgroup: 1 | 2, work: readonly Work[], places: Places): Promise<Row[]> {
  const { folder, scripts, capstan, signal } = places
  tell(`… Booting the complete kernel with cgroup v${cgroup}`)
  const disk = join(capstan.data, 'disk.img')
  await writeDisk(folder, disk, signal)
  const console = consoleOf(folder, cgroup)
  const machine = await boot({ ...places, script: join(scripts, 'boot.sh'), disk, console, cgroup })
  try {
    const rows = [
      await asRow({ cgroup, kind: 'kernel', id: 'doctor' }, () => examine(machine, places), signal),
    ]
    tell(table(rows))
    for (const one of rows[0]?.state === 'passed' ? work : []) {
      tell(`… ${one.kind} ${one.id}`)
      const row = await asRow(
        { cgroup, kind: one.kind, id: one.id },
        () => prove(one, { ...capstan, ...machine }, { limitMs: WORK_LIMIT_MS, signal }),
        signal,
      )
      tell(table([row]))
      rows.push(row)
    }
    return rows
  } finally {
    await machine.stop()
  }
}

async function examine(machine: Machine, { capstan, signal }: Places) {
  const features = await doctorOf({ ...capstan, ...machine }, signal)
  const missing = FEATURES.filter((name) => !features[name])
  return missing.length > 0
    ? { state: 'failed' as const, message: `The complete kernel lacks ${missing.join(', ')}.` }
    : { state: 'passed' as const, message: '' }
}

async function main(): Promise<number> {
  const chosen = readArguments()
  const rows = await verify(chosen, endOnSignals({ say: tell }))
  const ok = rows.length === 0 || isGood(rows)
  process.stdout.write(chosen.json ? `${JSON.stringify({ ok, rows })}\n` : `${table(rows)}\n`)
  return ok ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  tell(`✗ ${error instanceof Error ? error.message : String(error)}`)
  if (isCapstanError(error) && error.help) tell(`  ${error.help}`)
  return isCapstanError(error, 'cancelled') ? 130 : 1
})
