/** The lock of the data folder and the end of the app, with the real command line. No Docker Engine takes part. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../main/store'
import { tryLock } from '../../shared/system/lock'
import { ROOT, serve } from '../e2e/serve'
import { openPage, temporaryFolder, until } from './host'

/** Milliseconds of `ENDING_LIMIT_MS`, with room for a busy machine: a hang is far longer. */
const ENDS = 60_000

let data: Awaited<ReturnType<typeof temporaryFolder>>
const children: ChildProcess[] = []
beforeEach(async () => {
  data = await temporaryFolder()
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  await data.remove()
})

async function useEngine(engine: Partial<typeof DEFAULT_SETTINGS.engine>): Promise<void> {
  const settings = { ...DEFAULT_SETTINGS, engine: { ...DEFAULT_SETTINGS.engine, ...engine } }
  await writeFile(join(data.path, 'settings.json'), JSON.stringify({ version: 1, settings }))
}

function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['dist/main/cli.js', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      CAPSTAN_DATA: data.path,
      CAPSTAN_ENGINE: join(data.path, 'engine'),
      DOCKER_HOST: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

async function served() {
  const { url, process: child } = await serve(data.path, {
    CAPSTAN_ENGINE: join(data.path, 'engine'),
    DOCKER_HOST: '',
  })
  children.push(child)
  return { url, child }
}

/** How a shell reports the end of a process. */
async function endOf(child: ChildProcess): Promise<number> {
  const [code, signal] = await once(child, 'exit')
  return code ?? 128 + { SIGINT: 2, SIGTERM: 15, SIGKILL: 9 }[signal as 'SIGINT']
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (text += String(part)))
  await once(child, 'close')
  return text
}

test('of two apps that are started together exactly one gets the folder', async () => {
  await useEngine({ mode: 'custom', endpoint: `unix://${join(data.path, 'none.sock')}` })
  for (let round = 1; round <= 12; round++) {
    const both = [run('serve', '--json'), run('serve', '--json')]
    const lines = await Promise.all(
      both.map(async ({ stdout }) =>
        String((await once(createInterface({ input: stdout ?? expect.fail() }), 'line'))[0]),
      ),
    )
    const answers = lines.map((line) => JSON.parse(line))
    expect(answers.filter(({ url }) => url)).toHaveLength(1)
    const refused = answers.find(({ error }) => error)
    const winner = both[answers.findIndex(({ url }) => url)]
    expect(refused.error).toMatchObject({
      code: 'session-exists',
      message: expect.stringContaining(`process ${winner?.pid}`),
    })
    // The loser has ended by itself; the winner is killed, and its lock is free for the next round.
    for (const child of both) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, 'exit')
      if (child === winner) child.kill('SIGKILL')
      await ended
    }
  }
}, 300_000)

test.each([['lab', 'check', 'a1'], ['lab', 'start', 'container-life'], ['lab', 'stop', 'a1'], ['clean']])(
  'capstan %s %s beside an app that runs says who runs, and touches nothing',
  async (...command) => {
    const lock = tryLock(join(data.path, 'app.lock')).lock
    const child = run(...command, '--json')
    const [text, code] = await Promise.all([outputOf(child), endOf(child)])
    expect(code).toBe(2)
    expect(text).toContain(`process ${process.pid}`)
    expect(text).toContain('session-exists')
    lock?.release()
  },
)

/** Things for which the set-up waits, and that never come. */
const hangs: [string, () => Promise<() => void>][] = [
  [
    'a lock that a stranger holds',
    async () => {
      await useEngine({ mode: 'private' })
      const { lock } = tryLock(join(data.path, 'engine', 'engine.lock'))
      return () => lock?.release()
    },
  ],
  [
    'an engine that takes connections and never answers',
    async () => {
      const socket = join(data.path, 'silent.sock')
      await useEngine({ mode: 'custom', endpoint: `unix://${socket}` })
      const server = createServer(() => undefined).listen(socket)
      await once(server, 'listening')
      return () => server.close()
    },
  ],
  [
    'a pipe in the place of the engine',
    async () => {
      const path = join(data.path, 'pipe.sock')
      execFileSync('mkfifo', [path])
      await useEngine({ mode: 'custom', endpoint: `unix://${path}` })
      return () => undefined
    },
  ],
]

test.each(hangs)(
  'SIGTERM ends the app in order while it waits for %s',
  { timeout: ENDS },
  async (_what, prepare) => {
    const tidy = await prepare()
    const { child } = await served()
    child.kill('SIGTERM')
    expect([0, 143]).toContain(await endOf(child))
    tidy()
  },
)

test(
  'the set-up shows who holds the lock that it waits for',
  async () => {
    await useEngine({ mode: 'private' })
    const { lock } = tryLock(join(data.path, 'engine', 'engine.lock'))
    const { url, child } = await served()
    const { api, close } = await openPage(url)
    await until(api, 'setup.watch', {}, ({ lines }: { lines: { detail: string | null }[] }) =>
      lines.some(({ detail }) => detail?.includes(`process ${process.pid}`) ?? false),
    )
    close()
    child.kill('SIGTERM')
    await endOf(child)
    lock?.release()
  },
  ENDS,
)

/** A thread of the process opens a pipe that nobody writes to, which nothing can interrupt. */
async function stuck(): Promise<ChildProcess> {
  const pipe = join(data.path, 'questions.gift')
  execFileSync('mkfifo', [pipe])
  const child = run('bank', 'import', pipe, '--out', data.path)
  // The wait is seen from outside: a thread is in the open of the pipe.
  const isOpening = () => {
    const threads = execFileSync('sh', ['-c', `cat /proc/${child.pid}/task/*/wchan; true`], {
      encoding: 'utf8',
    })
    return /fifo|wait_for_partner/.test(threads)
  }
  await expect.poll(isOpening, { timeout: ENDS }).toBe(true)
  return child
}

test.skipIf(process.platform !== 'linux').each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  'a second %s ends a command at once, also with a thread that never comes back',
  { timeout: ENDS },
  async (signal, code) => {
    const child = await stuck()
    child.kill(signal)
    child.kill(signal)
    const ended = endOf(child)
    // Two signals of one kind that wait together are one for the kernel.
    const again = setInterval(() => child.kill(signal), 500)
    expect(await ended).toBe(code)
    clearInterval(again)
  },
)

test.skipIf(process.platform !== 'linux')(
  'one SIGTERM ends a command within its limit, and says that it gave up',
  { timeout: ENDS },
  async () => {
    const child = await stuck()
    child.kill('SIGTERM')
    const [text, code] = await Promise.all([outputOf(child), endOf(child)])
    expect(code).toBe(143)
    expect(text).toContain('Ended without waiting any longer.')
  },
)
