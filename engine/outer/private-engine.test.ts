import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openHttpEngine } from '../docker/testing/index.test-kit'
import { holders, obstacleOn, onPath, openPrivateEngine, socketOf, startError } from './private-engine'

/** Larger than any number of a process. */
const NOBODY = 2 ** 31 - 1

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'capstan-private-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('a socket is in the home, unless its path is too long for the kernel', () => {
  expect(socketOf('/short')).toBe('/short/docker.sock')
  const long = `/${'x'.repeat(120)}`
  expect(Buffer.byteLength(socketOf(long))).toBeLessThan(100)
  expect(socketOf(long)).toBe(socketOf(long))
  expect(socketOf(`${long}y`)).not.toBe(socketOf(long))
  // Bytes count, not characters.
  expect(socketOf(`/${'é'.repeat(60)}`)).not.toContain('é')
})

test.each<[NodeJS.Platform, number | null, string, string]>([
  ['darwin', 501, 'on this machine', 'Install Docker'],
  ['win32', null, 'on this machine', 'DOCKER_HOST'],
  ['linux', 1000, 'only root', 'start Capstan as root'],
])('on %s as user %s no engine can be run, and help says what to do', (platform, user, message, help) => {
  expect(obstacleOn(platform, user)).toMatchObject({
    code: 'no-engine',
    message: expect.stringContaining(message),
    help: expect.stringMatching(new RegExp(help, 'i')),
  })
})

test('root on Linux can run one', () => {
  expect(obstacleOn('linux', 0)).toBeNull()
})

test('an engine that did not start is reported with its last lines and the place of its log', () => {
  const error = startError('/home', 'one\ntwo\nthree\nfailed to start daemon\n')
  expect(error).toMatchObject({
    code: 'no-engine',
    message: 'The private engine did not start. two three failed to start daemon',
    help: expect.stringContaining('/home/engine.log'),
  })
  expect(startError('/home', '').message).toBe('The private engine did not start.')
})

test('an engine that did not start because of a full disk is an error of its own', () => {
  const error = startError('/home', 'write /home/data: no space left on device\nand more\n')
  expect(error).toMatchObject({ code: 'no-space', help: expect.stringContaining('/home') })
})

test('holders are the processes of the leases that still live', async () => {
  expect(await holders(home)).toEqual([])
  mkdirSync(join(home, 'leases'))
  for (const name of [`${process.pid}.ab12`, `${process.pid}.cd34`, `${NOBODY}.ef56`])
    writeFileSync(join(home, 'leases', name), '')
  expect(await holders(home)).toEqual([process.pid, process.pid])
})

test('programs are on the PATH when each is in one of its folders', async () => {
  const [one, two] = [join(home, 'one'), join(home, 'two')]
  for (const folder of [one, two]) mkdirSync(folder)
  writeFileSync(join(one, 'dockerd'), '')
  writeFileSync(join(two, 'runc'), '')
  const path = [one, two].join(delimiter)
  expect(await onPath(['dockerd', 'runc'], path)).toBe(true)
  expect(await onPath(['dockerd', 'runc'], one)).toBe(false)
  expect(await onPath(['dockerd'], undefined)).toBe(false)
})

describe.skipIf(obstacleOn(process.platform, process.getuid?.() ?? null))(
  'leases (needs root on Linux)',
  () => {
    const open = (signal?: AbortSignal) =>
      openPrivateEngine({ home, script: '/nowhere', onProgress: () => undefined, ...(signal && { signal }) })
    const leases = () => readdirSync(join(home, 'leases'))

    /** An engine that runs already. It listens at another place, so the home gets a link to it. */
    async function runningEngine(): Promise<AsyncDisposable> {
      const engine = await openHttpEngine()
      engine.answer(200, {})
      symlinkSync(engine.socket, socketOf(home))
      return engine
    }

    /** A process that is written down as the supervisor. */
    async function supervisor(command: readonly [string, ...string[]]) {
      const [program, ...args] = command
      const child = spawn(program, args, { stdio: 'ignore' })
      await once(child, 'spawn')
      writeFileSync(join(home, 'supervisor.pid'), String(child.pid))
      const hasEnded = () => child.exitCode !== null || child.signalCode !== null
      const end = async () => {
        const ended = hasEnded() ? null : once(child, 'exit')
        child.kill('SIGKILL')
        await ended
      }
      return { hasEnded, [Symbol.asyncDispose]: end }
    }
    const loop = ['sh', '-c', 'while true; do sleep 0.1; done', 'private-engine.sh'] as const

    test('an engine that runs is shared, and each user has a lease', async () => {
      await using _engine = await runningEngine()
      const [one, two] = [await open(), await open()]
      expect(one.socket).toBe(two.socket)
      expect(leases()).toHaveLength(2)
      await one.release()
      expect(leases()).toHaveLength(1)
      await two.release({ keep: true })
      expect(leases()).toEqual([])
    })

    test('the last one that lets go ends the supervisor, unless the engine is kept', async () => {
      await using _engine = await runningEngine()
      await using watched = await supervisor(loop)
      await (await open()).release({ keep: true })
      const [one, last] = [await open(), await open()]
      await one.release()
      expect(watched.hasEnded()).toBe(false)
      await last.release()
      expect(watched.hasEnded()).toBe(true)
    })

    test('a lease of a process that has ended keeps no engine', async () => {
      await using _engine = await runningEngine()
      await using watched = await supervisor(loop)
      const last = await open()
      writeFileSync(join(home, 'leases', `${NOBODY}.ab12`), '')
      await last.release()
      expect(watched.hasEnded()).toBe(true)
    })

    test('a program that was given the number of the supervisor is left alone', async () => {
      await using _engine = await runningEngine()
      await using stranger = await supervisor(['sleep', '60'])
      await (await open()).release()
      expect(stranger.hasEnded()).toBe(false)
    })

    test('a start that is given up while another process starts leaves no lease', async () => {
      const abort = new AbortController()
      mkdirSync(join(home, 'leases'))
      // Process 1 always lives.
      writeFileSync(join(home, 'engine.lock'), '1')
      const opening = open(abort.signal)
      abort.abort(new Error('given up'))
      await expect(opening).rejects.toThrow('given up')
      expect(leases()).toEqual([])
    })
  },
)
