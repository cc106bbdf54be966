import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type HttpEngine, openHttpEngine } from '../docker/testing/index.test-kit'
import { type EngineSettings, type FindOptions, type FindParts, findEngine } from './find'
import type { OuterEngine } from './outer-engine'
import type { PrivateEngine, PrivateEngineOptions } from './private-engine'
import type { Progress } from './setup-progress'
import { type Tried, triedBefore } from './tried'

const AUTO: EngineSettings = { mode: 'auto', endpoint: '', tlsDirectory: '' }
const PRIVATE: EngineSettings = { ...AUTO, mode: 'private' }
const custom = (endpoint: string): EngineSettings => ({ ...AUTO, mode: 'custom', endpoint })
const unix = (path: string) => `unix://${path}`

let folder: string
let progress: Progress[]
let engines: AsyncDisposable[]
let found: OuterEngine[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-find-'))
  progress = []
  engines = []
  found = []
})
afterEach(async () => {
  for (const engine of found) await engine.release()
  for (const engine of engines) await engine[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** An engine that says which one it is. */
async function engineCalled(Version: string, Components?: readonly object[]): Promise<HttpEngine> {
  const engine = await openHttpEngine()
  engine.handle((request, response) => {
    if (request.url?.startsWith('/events')) response.flushHeaders()
    else {
      const about = { Version, ApiVersion: '1.41', Os: 'linux', Arch: 'amd64', NCPU: 2, Components }
      response.end(JSON.stringify(about))
    }
  })
  engines.push(engine)
  return engine
}

interface Search {
  readonly settings?: EngineSettings
  readonly env?: NodeJS.ProcessEnv
  readonly sockets?: readonly string[]
  readonly signal?: AbortSignal
  readonly openPrivate?: FindParts['openPrivate']
}

async function find({ settings = AUTO, env = {}, sockets = [], signal, openPrivate }: Search) {
  const options: FindOptions = {
    settings,
    env: { DOCKER_CONFIG: folder, ...env },
    home: folder,
    resources: '/resources',
    onProgress: (one) => void progress.push(one),
    ...(signal && { signal }),
  }
  const refuse = () => Promise.reject(new CapstanError('no-engine', 'Only root can run one.'))
  const engine = await findEngine(options, { sockets, openPrivate: openPrivate ?? refuse })
  found.push(engine)
  return engine
}

describe('the order of the search', () => {
  let named: HttpEngine
  let environment: HttpEngine
  let first: HttpEngine
  let second: HttpEngine
  let own: HttpEngine
  beforeEach(async () => {
    named = await engineCalled('named')
    environment = await engineCalled('environment')
    first = await engineCalled('first')
    second = await engineCalled('second')
    own = await engineCalled('own')
  })
  const openPrivate = async (): Promise<PrivateEngine> => ({
    socket: own.socket,
    release: async () => undefined,
  })
  const everything = () => ({
    env: { DOCKER_HOST: unix(environment.socket) },
    sockets: [first.socket, second.socket],
    openPrivate,
  })

  test('the engine of the settings comes before all others', async () => {
    const engine = await find({ ...everything(), settings: custom(unix(named.socket)) })
    expect(engine).toMatchObject({ source: 'settings', version: 'named', endpoint: unix(named.socket) })
  })

  test('then DOCKER_HOST', async () => {
    expect(await find(everything())).toMatchObject({ source: 'environment', version: 'environment' })
  })

  test('then the usual sockets, in their order', async () => {
    const engine = await find({ ...everything(), env: {} })
    expect(engine).toMatchObject({ source: 'default', version: 'first', capabilities: { cores: 2 } })
  })

  test('a socket on which nothing answers is reported and passed over', async () => {
    const dead = join(folder, 'dead.sock')
    writeFileSync(dead, '')
    const missing = join(folder, 'missing.sock')
    const engine = await find({ openPrivate, sockets: [missing, dead, second.socket] })
    expect(engine.version).toBe('second')
    const details = progress.flatMap(({ detail }) => detail ?? [])
    expect(details).toEqual([`${dead}: no engine answers`])
    expect(engine.tried).toEqual([
      { what: missing, result: 'not there' },
      { what: dead, result: 'no engine answers' },
      { what: second.socket, result: 'Docker Engine second answers' },
    ])
  })

  test('at last an engine of our own', async () => {
    expect(await find({ openPrivate })).toMatchObject({ source: 'private', version: 'own' })
  })

  test('our own engine and no other, where the settings say so', async () => {
    expect(await find({ ...everything(), settings: PRIVATE })).toMatchObject({ source: 'private' })
  })

  test('our own engine is started with its script, and the end of the search is passed on', async () => {
    const abort = new AbortController()
    let given: PrivateEngineOptions | null = null
    await find({
      signal: abort.signal,
      openPrivate: async (options) => {
        given = options
        return await openPrivate()
      },
    })
    expect(given).toMatchObject({
      home: folder,
      script: '/resources/engine/outer/private-engine.sh',
      signal: abort.signal,
    })
  })
})

describe('an engine that does not answer', () => {
  const nowhere = 'unix:///nowhere/docker.sock'

  test('of the settings is an error, and never another engine', async () => {
    const running = await engineCalled('running')
    const search = find({ settings: custom(nowhere), sockets: [running.socket] })
    await expect(search).rejects.toMatchObject({
      code: 'no-engine',
      message: `No Docker Engine answers at ${nowhere}.`,
      help: 'Start it, or choose another engine in the settings.',
    })
    expect(progress.at(-1)).toMatchObject({ state: 'failed' })
  })

  test('of DOCKER_HOST is an error, and never another engine', async () => {
    const running = await engineCalled('running')
    const search = find({ env: { DOCKER_HOST: nowhere }, sockets: [running.socket] })
    await expect(search).rejects.toMatchObject({ help: 'Start it, or unset DOCKER_HOST.' })
  })

  test('with a name that is no address is an error that shows the forms', async () => {
    const search = find({ settings: custom('docker.sock') })
    await expect(search).rejects.toMatchObject({ help: expect.stringContaining('unix:///') })
  })

  test('with TLS wants the files that prove who we are', async () => {
    const env = { DOCKER_HOST: 'tcp://engine:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder }
    await expect(find({ env })).rejects.toMatchObject({ help: expect.stringContaining('ca.pem') })
  })

  test('anywhere: the words about our own engine are the error', async () => {
    await expect(find({})).rejects.toThrow('Only root can run one.')
  })

  test('although it is our own is let go', async () => {
    let releases = 0
    const openPrivate = async () => ({
      socket: '/nowhere/docker.sock',
      release: async () => void releases++,
    })
    await expect(find({ openPrivate })).rejects.toMatchObject({ code: 'no-engine' })
    expect(releases).toBe(1)
  })
})

describe('a search that is given up', () => {
  test('before it begins looks nowhere', async () => {
    const running = await engineCalled('running')
    const search = find({ sockets: [running.socket], signal: AbortSignal.abort() })
    await expect(search).rejects.toMatchObject({ code: 'cancelled' })
  })

  test.each(['settings', 'socket'])('while an engine (%s) is silent ends at once', async (where) => {
    const silent = await openHttpEngine()
    engines.push(silent)
    const abort = new AbortController()
    silent.handle(() => abort.abort())
    const search = find({
      settings: where === 'settings' ? custom(unix(silent.socket)) : AUTO,
      sockets: [silent.socket],
      signal: abort.signal,
    })
    await expect(search).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('while our own engine starts ends with that', async () => {
    const abort = new AbortController()
    const openPrivate = async ({ signal }: PrivateEngineOptions) => {
      abort.abort()
      signal?.throwIfAborted()
      throw new Error('it went on')
    }
    await expect(find({ openPrivate, signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' })
  })
})

/** Writes a context as the Docker command line does, and makes it the current one. */
function context(name: string, endpoint: string, { current = true } = {}): void {
  const id = createHash('sha256').update(name).digest('hex')
  const meta = join(folder, 'contexts/meta', id)
  mkdirSync(meta, { recursive: true })
  const Endpoints = { docker: { Host: endpoint, SkipTLSVerify: false } }
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Metadata: {}, Endpoints }))
  if (current) writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: name, auths: {} }))
}

describe('Docker contexts', () => {
  test('the current one comes before the usual sockets, and has its name', async () => {
    const [colima, usual] = [await engineCalled('colima'), await engineCalled('usual')]
    context('colima', unix(colima.socket))
    const engine = await find({ sockets: [usual.socket] })
    expect(engine).toMatchObject({ source: 'context', context: 'colima', version: 'colima' })
    expect(engine.tried).toEqual([
      { what: `context colima (${unix(colima.socket)})`, result: 'Docker Engine colima answers' },
    ])
  })

  test('DOCKER_CONTEXT comes before the current one, and DOCKER_HOST before both', async () => {
    const [one, other, host] = [
      await engineCalled('one'),
      await engineCalled('other'),
      await engineCalled('host'),
    ]
    context('one', unix(one.socket), { current: false })
    context('other', unix(other.socket))
    const env = { DOCKER_CONTEXT: 'one' }
    expect(await find({ env })).toMatchObject({ source: 'context', context: 'one', version: 'one' })
    const both = { ...env, DOCKER_HOST: unix(host.socket) }
    expect(await find({ env: both })).toMatchObject({ source: 'environment', context: null, version: 'host' })
  })

  test.each([{ DOCKER_CONTEXT: 'default' }, {}])(
    '%j with the context "default" is no context',
    async (env) => {
      const [colima, usual] = [await engineCalled('colima'), await engineCalled('usual')]
      context('colima', unix(colima.socket))
      if (!('DOCKER_CONTEXT' in env)) {
        writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: 'default' }))
      }
      expect(await find({ env, sockets: [usual.socket] })).toMatchObject({
        source: 'default',
        version: 'usual',
      })
    },
  )

  test('one that DOCKER_CONTEXT names and that does not answer is an error', async () => {
    const usual = await engineCalled('usual')
    context('gone', 'unix:///nowhere/docker.sock')
    const search = find({ env: { DOCKER_CONTEXT: 'gone' }, sockets: [usual.socket] })
    await expect(search).rejects.toMatchObject({
      code: 'no-engine',
      help: expect.stringContaining('DOCKER_CONTEXT'),
      tried: [{ what: 'context gone (DOCKER_CONTEXT)', result: 'no engine answers' }],
    })
    const unknown = find({ env: { DOCKER_CONTEXT: 'unknown' }, sockets: [usual.socket] })
    await expect(unknown).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(folder),
    })
  })

  test('the current one that does not answer, or cannot be read, is told and passed over', async () => {
    const usual = await engineCalled('usual')
    context('desktop', 'unix:///nowhere/docker.sock')
    const silent = await find({ sockets: [usual.socket] })
    expect(silent.version).toBe('usual')
    expect(silent.tried[0]).toEqual({
      what: 'context desktop (unix:///nowhere/docker.sock)',
      result: 'no engine answers',
    })
    writeFileSync(join(folder, 'config.json'), '{"currentContext":')
    const broken = await find({ sockets: [usual.socket] })
    expect(broken.tried[0]).toEqual({
      what: 'the current Docker context',
      result: expect.stringContaining(`${join(folder, 'config.json')} cannot be used: it is not JSON`),
    })
  })

  test('its socket is not asked twice', async () => {
    const dead = join(folder, 'dead.sock')
    writeFileSync(dead, '')
    const usual = await engineCalled('usual')
    context('colima', unix(dead))
    const { tried } = await find({ sockets: [dead, usual.socket] })
    expect(tried.map(({ what }) => what)).toEqual([`context colima (${unix(dead)})`, usual.socket])
  })
})

describe('Podman', () => {
  const podman = async () =>
    await engineCalled('4.3.1', [
      { Name: 'Podman Engine', Version: '4.3.1', Details: {} },
      { Name: 'Conmon', Version: '2.1.6' },
    ])

  test('that was found is passed over, with the reason', async () => {
    const [pod, usual] = [await podman(), await engineCalled('usual', [{ Name: 'Engine', Version: 'usual' }])]
    const engine = await find({ sockets: [pod.socket, usual.socket] })
    expect(engine.version).toBe('usual')
    expect(engine.tried[0]).toEqual({
      what: pod.socket,
      result: expect.stringMatching(/^Podman 4\.3\.1 answers at .*lab nodes cannot run in it/),
    })
  })

  test.each(['settings', 'environment'])(
    'that the %s name is an error that shows a way out',
    async (where) => {
      const pod = await podman()
      const search = find(
        where === 'settings'
          ? { settings: custom(unix(pod.socket)) }
          : { env: { DOCKER_HOST: unix(pod.socket) } },
      )
      await expect(search).rejects.toMatchObject({
        code: 'capability-missing',
        message: expect.stringContaining('Podman 4.3.1'),
        help: expect.stringContaining('Start a Docker Engine'),
      })
    },
  )
})

test('a search without success tells all that it looked at, in its order', async () => {
  const missing = join(folder, 'missing.sock')
  const error: unknown = await find({ sockets: [missing] }).catch((reason: unknown) => reason)
  expect(triedBefore(error)).toEqual<Tried[]>([
    { what: missing, result: 'not there' },
    { what: "an engine of Capstan's own", result: 'Only root can run one.' },
  ])
  expect(triedBefore(new Error('another'))).toEqual([])
})
