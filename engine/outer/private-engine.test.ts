import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tryLock } from '../../shared/system/lock'
import { isAlive, processName } from '../../shared/system/processes'
import { openHttpEngine } from '../docker/testing/index.test-kit'
import { obstacleOn, onPath, openPrivateEngine, socketOf, startError } from './private-engine'
import type { Progress } from './setup-progress'

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

    /** A process that has the lock of the engine's data open. */
    async function holder(command: readonly [string, ...string[]]) {
      const file = openSync(join(home, 'data.lock'), 'a')
      const [program, ...args] = command
      const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', file] })
      await once(child, 'spawn')
      closeSync(file)
      const exited = once(child, 'exit')
      const hasEnded = () => !isAlive(child.pid ?? 0)
      const end = async () => {
        child.kill('SIGKILL')
        await exited
      }
      return { hasEnded, child, [Symbol.asyncDispose]: end }
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
      await using watched = await holder(loop)
      await (await open()).release({ keep: true })
      const [one, last] = [await open(), await open()]
      await one.release()
      expect(watched.hasEnded()).toBe(false)
      await last.release()
      expect(watched.hasEnded()).toBe(true)
    })

    test('a lease of a process that has ended keeps no engine', async () => {
      await using _engine = await runningEngine()
      await using watched = await holder(loop)
      const last = await open()
      writeFileSync(join(home, 'leases', `ab12.${NOBODY}..`), '')
      await last.release()
      expect(watched.hasEnded()).toBe(true)
    })

    test('a supervisor that another program resembles is told apart by the lock', async () => {
      await using _engine = await runningEngine()
      await using stranger = await asChild(['sh', '-c', 'sleep 60; :', 'private-engine.sh'])
      await (await open()).release()
      expect(stranger.exitCode).toBeNull()
    })

    test('what a dead supervisor left is killed, also when it ignores every other signal', async () => {
      await using _engine = await runningEngine()
      await using left = await holder(['sh', '-c', "trap '' TERM INT HUP; while true; do sleep 0.1; done"])
      await using stopped = await holder(['sleep', '60'])
      stopped.child.kill('SIGSTOP')
      await (await open()).release()
      expect([left.hasEnded(), stopped.hasEnded()]).toEqual([true, true])
    })

    test('a lease of an earlier process with the number of a living one keeps no engine', async () => {
      await using _engine = await runningEngine()
      await using watched = await holder(loop)
      const last = await open()
      const [pid, startTime, boot] = processName(process.ppid).split('.')
      writeFileSync(join(home, 'leases', `ab12.${pid}.${Number(startTime) - 1}.${boot}`), '')
      await last.release()
      expect(watched.hasEnded()).toBe(true)
    })

    test('whoever lets go while another one starts leaves the engine to it, and does not wait', async () => {
      await using _engine = await runningEngine()
      await using watched = await holder(loop)
      const last = await open()
      const { lock } = tryLock(join(home, 'engine.lock'))
      await last.release()
      expect(watched.hasEnded()).toBe(false)
      lock?.release()
    })

    test('a start says for whom it waits, and one that is given up leaves no lease', async () => {
      const abort = new AbortController()
      const [lock, held] = [join(home, 'engine.lock'), join(home, 'held')]
      await using _other = await asChild(['flock', '--no-fork', lock, 'sh', '-c', `> ${held}; exec sleep 60`])
      await expect.poll(() => existsSync(held)).toBe(true)
      const lines: Progress[] = []
      const opening = openPrivateEngine({
        home,
        script: '/nowhere',
        onProgress: (line) => lines.push(line),
        signal: abort.signal,
      })
      await expect.poll(() => lines.at(-1)?.label).toBe('Waiting for another Capstan')
      abort.abort(new Error('given up'))
      await expect(opening).rejects.toThrow('given up')
      expect(lines.at(-1)).toMatchObject({ label: 'Waiting for another Capstan', state: 'failed' })
      expect(leases()).toEqual([])
    })
  },
)

async function asChild(command: readonly [string, ...string[]]) {
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: 'ignore' })
  await once(child, 'spawn')
  const end = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return Object.assign(child, { [Symbol.asyncDispose]: end })
}
