import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { engineHome, findEngine, unpackPackages } from '../../engine/outer'
import { resourcesFolder } from '../../engine/resources'
import { supervisorOf } from './supervisor'

const canRun = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
const onProgress = () => undefined
const settings = { mode: 'private', endpoint: '', tlsDirectory: '' } as const

/** The names of the host's network devices. */
async function devices(): Promise<string[]> {
  const lines = (await readFile('/proc/net/dev', 'utf8')).split('\n').slice(2)
  return lines.map((line) => line.split(':')[0]?.trim() ?? '').filter(Boolean)
}

/** The processes that were started with this engine folder. */
async function processesOf(home: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  return commands.filter((command) => command.includes(home))
}

describe.skipIf(!canRun)('the private engine (needs root on a Debian-like Linux)', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'capstan-engine-'))
    // The engine is another one, but it uses the same programs.
    await symlink(await unpackPackages({ home: engineHome(), onProgress }), join(home, 'packages'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  const open = () => findEngine({ settings, home, resources: resourcesFolder(), onProgress })

  test('starts without touching the host, and leaves nothing behind', async () => {
    const before = await devices()
    const engine = await open()
    expect(engine.source).toBe('private')
    expect(await devices()).toEqual(before)
    const networks = await engine.docker.networks.list()
    expect(networks.map(({ Name }) => Name).sort()).toEqual(['bridge', 'host', 'none'])
    await engine.release()
    expect(await processesOf(home)).toEqual([])
    expect(existsSync(join(home, 'docker.sock'))).toBe(false)
  })

  test('is adopted, not started twice, and one that is kept goes on after its user', async () => {
    const first = await open()
    const supervisor = await supervisorOf(home)
    await first.release({ keep: true })
    const second = await open()
    expect(await supervisorOf(home)).toBe(supervisor)
    await second.docker.ping()
    await second.release()
    expect(await processesOf(home)).toEqual([])
  })

  test('goes on while one of two users in a process still holds it', async () => {
    const [first, second] = [await open(), await open()]
    await first.release()
    await second.docker.ping()
    await second.release()
    expect(await processesOf(home)).toEqual([])
  })

  test.each([1, 30, 150])('a start that is given up after %i ms leaves no process behind', async (ms) => {
    const abort = new AbortController()
    const giveUp = ({ id }: { id: string }) => {
      if (id === 'engine-start') setTimeout(() => abort.abort(), ms)
    }
    const { signal } = abort
    const start = findEngine({ settings, home, resources: resourcesFolder(), onProgress: giveUp, signal })
    await expect(start).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => processesOf(home), { timeout: 40_000 }).toEqual([])
    const engine = await open()
    await engine.release()
  })

  test('its death is reported', async () => {
    const engine = await open()
    const gone = new Promise<void>((resolve) => engine.onGone(resolve))
    process.kill(await supervisorOf(home), 'SIGTERM')
    await gone
    await engine.release()
  })
})

test('an engine that was named and does not answer is an error, not another engine', async () => {
  const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }
  const auto = { mode: 'auto', endpoint: '', tlsDirectory: '' } as const
  await expect(
    findEngine({ settings: auto, home: '/nowhere', resources: '/nowhere', onProgress, env }),
  ).rejects.toMatchObject({
    code: 'no-engine',
    help: 'Start it, or unset DOCKER_HOST.',
  })
})
