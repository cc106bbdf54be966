/** The app is told to end while it reads labs at its start. No Docker Engine takes part. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { LAB } from '../../engine/labs/lab-folder.test-kit'
import { ROOT } from '../e2e/serve'
import { withoutEngine } from './exam-fixture'
import { temporaryFolder } from './host'

/** Milliseconds of `ENDING_LIMIT_MS`, with room for a busy machine: a hang is far longer. */
const ENDS = 60_000
/** So many labs are read for longer than a test needs to send its signal. */
const LABS = 3_000
/** The threads of libuv. While all of them wait for a disk, no other disk answers either. */
const THREADS = 4
/** Exit codes of an app that ended in order, or by the signal. */
const ENDED = { SIGTERM: [0, 143], SIGINT: [0, 130] }

type Folder = Awaited<ReturnType<typeof temporaryFolder>>
let labs: Folder
let data: Folder
let child: ChildProcess
beforeAll(async () => {
  labs = await temporaryFolder()
  for (let number = 1; number <= LABS; number++) {
    const lab = join(labs.path, 'networking', `lab-${number}`)
    mkdirSync(lab, { recursive: true })
    const files = { 'lab.yaml': LAB, '1.md': '# One\n', 'one.sh': 'true\n' }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(lab, name), content)
  }
})
afterAll(async () => await labs.remove())
beforeEach(async () => {
  data = await temporaryFolder()
  await withoutEngine(data.path)
})
afterEach(async () => {
  child.kill('SIGKILL')
  await data.remove()
})

/** The files that the app has open at this moment. */
function openFiles(): string[] {
  const folder = `/proc/${child.pid}/fd`
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))]
    } catch {
      // It was closed meanwhile.
      return []
    }
  })
}

/** Starts the app, and waits until it reads one of the many labs. @returns what it printed until its end */
async function startReading(env: NodeJS.ProcessEnv = {}): Promise<() => string> {
  child = spawn(process.execPath, ['dist/main/cli.js', 'serve', '--port', '0', '--json'], {
    cwd: ROOT,
    env: { ...process.env, CAPSTAN_DATA: data.path, CAPSTAN_LABS: labs.path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (printed += String(part)))
  const isReading = () => openFiles().some((path) => path.startsWith(labs.path))
  await expect.poll(isReading, { timeout: ENDS, interval: 1 }).toBe(true)
  return () => printed
}

/** How often the app has read from a file or a socket. Each lab alone is several files. */
function reads(): number {
  const [, count] = /^syscr: (\d+)$/m.exec(readFileSync(`/proc/${child.pid}/io`, 'utf8')) ?? []
  return Number(count ?? expect.fail('The kernel does not count reads.'))
}

/** How a shell reports the end of the app. */
async function endOf(signal: 'SIGTERM' | 'SIGINT'): Promise<number> {
  const ended = once(child, 'exit')
  child.kill(signal)
  const [code, by] = await ended
  return code ?? 128 + { SIGINT: 2, SIGTERM: 15 }[by as 'SIGINT']
}

test.skipIf(process.platform !== 'linux').each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the app in order while it reads its labs',
  { timeout: ENDS },
  async (signal) => {
    const printed = await startReading()
    expect(reads()).toBeLessThan(LABS)
    expect(ENDED[signal]).toContain(await endOf(signal))
    expect(printed()).not.toContain('Ended without waiting any longer')
  },
)

/**
 * A disk that never answers keeps the thread that asked it. Here each thread opens a pipe that nobody writes to, and
 * nothing can interrupt it either.
 */
function plantHungDisk(): string {
  const [plant, pipe] = [join(data.path, 'plant.mjs'), join(data.path, 'pipe')]
  execFileSync('mkfifo', [pipe])
  const opens = Array.from({ length: THREADS }, () => `open('${pipe}', 'r', () => undefined)`)
  const onSignal = `process.once('SIGUSR2', () => { ${opens.join('; ')} })`
  writeFileSync(plant, `import { open } from 'node:fs'\n${onSignal}\n`)
  return `--import ${pathToFileURL(plant)}`
}

/** The threads of the app that wait in the open of a pipe. */
function hungThreads(): number {
  const threads = readdirSync(`/proc/${child.pid}/task`)
  const waits = (thread: string) => readFileSync(`/proc/${child.pid}/task/${thread}/wchan`, 'utf8')
  return threads.filter((thread) => /fifo|wait_for_partner/.test(waits(thread))).length
}

test.skipIf(process.platform !== 'linux')(
  'SIGTERM ends the app within its limit when a disk stops answering while it reads its labs',
  { timeout: ENDS },
  async () => {
    const printed = await startReading({ NODE_OPTIONS: plantHungDisk() })
    child.kill('SIGUSR2')
    await expect.poll(hungThreads, { timeout: ENDS }).toBe(THREADS)
    expect(reads()).toBeLessThan(LABS)
    expect(await endOf('SIGTERM')).toBe(143)
    expect(printed()).toContain('Ended without waiting any longer')
  },
)
