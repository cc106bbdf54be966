import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import { setTimeFactor } from '../../shared/time-limits'
import type { ExecOptions, ExecResult } from '../docker'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { LabNode } from './node'

const OK: ExecResult = { exitCode: 0, stdout: '', stderr: '' }
const refused = (status: number) => new CapstanError('engine-refused', 'is not running', { status })

let engine: MemoryEngine
let node: LabNode
beforeEach(async () => {
  engine = memoryEngine()
  const containerId = await engine.docker.containers.create({
    Image: 'node',
    HostConfig: { NetworkMode: 'lab' },
  })
  await engine.docker.containers.start(containerId)
  node = new LabNode({ outer: engine.docker, containerId, name: 'web', topologyId: 't1' })
  engine.calls.length = 0
})

describe('commands', () => {
  test('a command runs in /root, and is killed soon after its limit', async () => {
    let seen: { cmd: readonly string[]; options: ExecOptions } | null = null
    engine.exec = (_id, cmd, options) => {
      seen = { cmd, options }
      return { ...OK, stdout: 'out' }
    }
    expect(await node.exec(['docker', 'ps'], { limitMs: 2_000 })).toMatchObject({ stdout: 'out' })
    expect(seen).toEqual({
      cmd: ['timeout', '-s', 'KILL', '2.200', 'docker', 'ps'],
      options: { cwd: '/root', limitMs: 2_000 },
    })
  })

  test('a script goes to bash on its stdin', async () => {
    engine.exec = (_id, cmd, { stdin }) => ({ ...OK, stdout: `${cmd.slice(-2).join(' ')}: ${stdin}` })
    expect((await node.script('echo hello')).stdout).toBe('bash -s: echo hello')
  })

  test('on a slow machine it is killed later, and whoever waits for it gets the limit as it was', async () => {
    let seen: { cmd: readonly string[]; options: ExecOptions } | null = null
    engine.exec = (_id, cmd, options) => {
      seen = { cmd, options }
      return OK
    }
    setTimeFactor('settings', 10)
    await node.exec(['docker', 'ps'], { limitMs: 2_000 })
    setTimeFactor('settings', null)
    expect(seen).toEqual({
      cmd: ['timeout', '-s', 'KILL', '20.200', 'docker', 'ps'],
      options: { cwd: '/root', limitMs: 2_000 },
    })
  })

  test('a folder of the caller replaces /root', async () => {
    engine.exec = (_id, _cmd, { cwd }) => ({ ...OK, stdout: cwd ?? '' })
    expect((await node.exec(['pwd'], { cwd: '/srv' })).stdout).toBe('/srv')
  })

  test('a frozen node runs the command as soon as it goes on', async () => {
    const frozen = 'Container web is paused, unpause the container before exec'
    engine.failures.set('execs.run', new CapstanError('engine-refused', frozen, { status: 409 }))
    const result = node.exec(['true'])
    await until(() => engine.calls.filter((call) => call.startsWith('execs.run')).length > 1, {
      limitMs: 10_000,
      everyMs: 10,
    })
    engine.failures.delete('execs.run')
    expect(await result).toEqual(OK)
  })

  test('a node that stays frozen says so at the limit of the command', async () => {
    engine.failures.set('execs.run', new CapstanError('engine-refused', 'It is paused', { status: 409 }))
    await expect(node.exec(['true'], { limitMs: 150 })).rejects.toThrow('It is paused')
  })

  test('a node that has stopped is gone, and help says what to do', async () => {
    await node.stop()
    engine.failures.set('execs.run', refused(409))
    await expect(node.exec(['true'])).rejects.toMatchObject({
      code: 'node-gone',
      message: 'The node web has stopped.',
      help: expect.stringContaining('Start it again'),
    })
  })

  test('a node that was removed is gone', async () => {
    engine.containers.clear()
    await expect(node.exec(['true'])).rejects.toMatchObject({ code: 'node-gone' })
  })

  test('a refusal although the node runs stays what it is', async () => {
    engine.failures.set('execs.run', refused(500))
    await expect(node.exec(['true'])).rejects.toMatchObject({ code: 'engine-refused', status: 500 })
  })

  test('a command that reaches its limit is no node that is gone', async () => {
    engine.failures.set('execs.run', new CapstanError('engine-timeout', 'too slow'))
    await expect(node.exec(['true'])).rejects.toMatchObject({ code: 'engine-timeout' })
  })
})

describe('its state', () => {
  test('is read from the outer engine', async () => {
    expect(await node.state()).toBe('running')
    await engine.docker.networks.disconnect('lab', node.containerId)
    expect(await node.state()).toBe('cut')
    await node.stop()
    expect(await node.state()).toBe('stopped')
    await node.remove()
    expect(await node.state()).toBe('gone')
  })

  test('is not guessed when the outer engine does not answer', async () => {
    engine.failures.set('containers.inspect', new CapstanError('engine-gone', 'gone'))
    await expect(node.state()).rejects.toMatchObject({ code: 'engine-gone' })
  })
})

describe('its switch', () => {
  test.each([
    ['stop', 'stop'],
    ['kill', 'kill'],
    ['restart', 'restart'],
    ['remove', 'remove'],
  ] as const)('before a %s, paused processes are thawed', async (action, call) => {
    await node[action]()
    const id = node.containerId
    expect(engine.calls[0]).toMatch(new RegExp(`^execs.run ${id} sh -c .*freezer`))
    expect(engine.calls[1]).toBe(`containers.${call} ${id}`)
  })

  test('a node that cannot be thawed is stopped all the same', async () => {
    engine.failures.set('execs.run', refused(409))
    await node.stop()
    expect(await node.state()).toBe('stopped')
  })

  test('a start waits until the inner engine answers', async () => {
    await node.stop()
    let asked = 0
    engine.inner = (_request, response) => {
      asked++
      response.writeHead(asked < 3 ? 500 : 200).end('OK')
    }
    await node.start()
    expect(asked).toBe(3)
  })
})

describe('a node that does not become ready', () => {
  const silent = () => {
    engine.inner = (_request, response) => void response.writeHead(500).end('{"message":"starting"}')
  }

  test('is reported with the last lines of its log, at the limit', async () => {
    silent()
    engine.log = 'one\ntwo\nthree\nfour\n'
    await expect(node.ready(1)).rejects.toMatchObject({
      code: 'node-gone',
      message: 'The engine in web did not start. It said: two three four',
      help: expect.stringContaining('Reset the lab'),
    })
  })

  test('is given up at its limit, stretched once', async () => {
    const limits: (number | undefined)[] = []
    setTimeFactor('settings', 10)
    node.docker.ping = async (limitMs) => {
      limits.push(limitMs)
      throw new CapstanError('engine-timeout', 'silent')
    }
    await expect(node.ready(20)).rejects.toMatchObject({ code: 'node-gone' })
    setTimeFactor('settings', null)
    // The client stretches what it is given.
    expect(limits[0]).toBeGreaterThan(1)
    expect(limits[0]).toBeLessThanOrEqual(20)
    expect(limits.length).toBeGreaterThan(1)
  })

  test('is reported at once when it has stopped', async () => {
    silent()
    await node.stop()
    await expect(node.ready(60_000)).rejects.toMatchObject({
      code: 'node-gone',
      message: 'The engine in web did not start.',
    })
  })

  test('because the outer engine has gone is an error about that engine', async () => {
    engine.failures.set('execs.openPipe', new CapstanError('engine-gone', 'The outer engine has gone.'))
    await expect(node.ready(60_000)).rejects.toMatchObject({ code: 'engine-gone' })
  })
})

describe('its inner engine', () => {
  test('is reached through the outer one, and connections are used again', async () => {
    engine.inner = (request, response) => void response.end(JSON.stringify({ url: request.url }))
    expect(await node.docker.get('/one')).toEqual({ url: '/one?' })
    expect(await node.docker.get('/two')).toEqual({ url: '/two?' })
    expect(engine.calls.filter((call) => call.startsWith('execs.openPipe'))).toHaveLength(1)
    node.docker.close()
  })

  test.each([404, 409])(
    'in a container that the outer engine refuses with %i is a node that is gone',
    async (status) => {
      engine.failures.set('execs.openPipe', refused(status))
      await expect(node.docker.ping()).rejects.toMatchObject({
        code: 'node-gone',
        message: expect.stringContaining('web'),
      })
    },
  )

  test('behind an outer engine that fails otherwise reports that failure', async () => {
    engine.failures.set('execs.openPipe', new CapstanError('no-engine', 'No engine answers.'))
    await expect(node.docker.ping()).rejects.toMatchObject({ code: 'no-engine' })
  })

  test('is not reached any more after its connections were closed', async () => {
    let open = (): void => undefined
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const { openPipe } = engine.docker.execs
    engine.docker.execs.openPipe = async (id, cmd) => {
      await opened
      return await openPipe(id, cmd)
    }
    const call = node.docker.ping()
    node.docker.close()
    open()
    await expect(call).rejects.toMatchObject({ code: 'node-gone' })
  })
})

test('a file is copied to its place, and to its own name without one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'capstan-node-'))
  writeFileSync(join(folder, 'app.py'), 'print()')
  const { copyIn } = engine.docker.containers
  const names: string[] = []
  engine.docker.containers.copyIn = async (id, path, archive) => {
    for await (const chunk of archive) {
      const name = Buffer.from(chunk as Buffer)
        .subarray(0, 100)
        .toString()
        .replace(/\0.*$/s, '')
      if (/app|\.py$/.test(name)) names.push(name)
    }
    await copyIn(id, path, Buffer.alloc(0))
  }
  try {
    await node.copyIn(join(folder, 'app.py'), '/srv/main.py')
    await node.copyIn(join(folder, 'app.py'), '/')
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(names).toEqual(['srv/main.py', 'app.py'])
  expect(engine.calls).toEqual(Array.from({ length: 2 }, () => `containers.copyIn ${node.containerId} /`))
})
