/** The private engine with its supervisor killed, hung, and started twice. Each test has an engine home of its own. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DockerClient } from '../../engine/docker'
import { engineHome, openPrivateEngine, packageEnvironment } from '../../engine/outer'
import { endEngine, engineProcesses } from '../../engine/outer/engine-end'
import { obstacleOn, socketOf } from '../../engine/outer/private-engine'
import { resourcesFolder } from '../../engine/resources'

const script = join(resourcesFolder(), 'engine/outer/private-engine.sh')
const canRun = obstacleOn(process.platform, process.getuid?.() ?? null) === null && existsSync('/dev/net/tun')
const soon = { timeout: 60_000, interval: 200 }

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'capstan-engine-'))
  const packages = join(engineHome(), 'packages')
  if (existsSync(packages)) await promisify(execFile)('cp', ['-a', packages, home])
})
afterEach(async () => {
  await endEngine(home, { orderlyMs: 0 })
  await rm(home, { recursive: true, force: true })
})

const open = async () => await openPrivateEngine({ home, script, onProgress: () => undefined })

async function answers(): Promise<boolean> {
  const ping = DockerClient.to({ kind: 'socket', path: socketOf(home) }).ping(2_000)
  return await ping.then(
    () => true,
    () => false,
  )
}

/** The oldest process of the program: the engine starts others, which have its name until they are another program. */
function processOf(program: string): number {
  const oldestFirst = [...engineProcesses(home)].sort((a, b) => a - b)
  const found = oldestFirst.find((pid) => commandOf(pid).startsWith(program))
  return found ?? expect.fail(`no ${program} runs`)
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
}

test.skipIf(!canRun)(
  'a supervisor that is killed takes everything with it, and the next engine starts',
  async () => {
    await open()
    expect(engineProcesses(home).map(commandOf).join('\n')).toMatch(/slirp4netns/)
    process.kill(processOf(`bash ${script}`), 'SIGKILL')
    await expect.poll(() => engineProcesses(home), soon).toEqual([])
    expect(await answers()).toBe(false)
    const second = await open()
    expect(await answers()).toBe(true)
    await second.release()
  },
)

test.skipIf(!canRun)(
  'an address that this computer gets later is kept from the nodes as long as it has it',
  async () => {
    // A computer of its own: a network namespace, in which addresses come and go without harm.
    const apart = join(home, 'apart.sh')
    await writeFile(apart, `exec unshare --net bash ${script} "$@"\n`)
    await openPrivateEngine({ home, script: apart, onProgress: () => undefined })
    const env = packageEnvironment(join(home, 'packages'))
    const ip = async (pid: number, ...args: readonly string[]) =>
      await promisify(execFile)('nsenter', ['--target', String(pid), '--net', 'ip', ...args], { env })
    const [computer, engine] = [processOf(`bash ${script}`), processOf('dockerd ')]
    const wayOut = async () =>
      await ip(engine, 'route', 'get', '10.98.76.54').then(
        ({ stdout }) => stdout,
        ({ stderr }) => String(stderr),
      )
    expect(await wayOut()).toContain('dev tap0')
    await ip(computer, 'addr', 'add', '10.98.76.54/32', 'dev', 'lo')
    await expect.poll(wayOut, soon).toContain('No route to host')
    await ip(computer, 'addr', 'del', '10.98.76.54/32', 'dev', 'lo')
    await expect.poll(wayOut, soon).toContain('dev tap0')
  },
)

test.skipIf(!canRun)('an engine that hangs is ended before another one starts', async () => {
  await open()
  const hung = processOf('dockerd ')
  process.kill(hung, 'SIGSTOP')
  expect(await answers()).toBe(false)
  await open()
  expect(await answers()).toBe(true)
  expect(engineProcesses(home)).not.toContain(hung)
})

test.skipIf(!canRun)('a second engine never begins on the same data', async () => {
  await open()
  const engine = processOf('dockerd ')
  const second = spawn('bash', [script, home, join(home, 'second.sock')], {
    env: packageEnvironment(join(home, 'packages')),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const words = once(second.stderr, 'data')
  expect((await once(second, 'exit'))[0]).toBe(1)
  expect(String((await words)[0])).toContain(`Another engine still runs on ${home}/data`)
  expect(await answers()).toBe(true)
  expect(engineProcesses(home)).toContain(engine)
})

test.skipIf(!canRun)('the last one that lets go leaves no process behind', async () => {
  const [one, last] = [await open(), await open()]
  await one.release()
  expect(await answers()).toBe(true)
  await last.release()
  expect(engineProcesses(home)).toEqual([])
})

test.skipIf(!canRun)('the log of the engine has a limit, and goes on after it', async () => {
  const log = join(home, 'engine.log')
  await open()
  await appendFile(log, 'x'.repeat(9_000_000))
  await expect.poll(() => statSync(log).size, soon).toBeLessThan(1_000_000)
  expect(statSync(`${log}.1`).size).toBeGreaterThan(9_000_000)
})
