import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type HttpEngine, openHttpEngine } from '../docker/testing/index.test-kit'
import { type EngineSettings, type FindOptions, type FindParts, findEngine, usualSockets } from './find'
import type { OuterEngine } from './outer-engine'
import type { PrivateEngine, PrivateEngineOptions } from './private-engine'
import type { Progress } from './setup-progress'

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
async function engineCalled(Version: string): Promise<HttpEngine> {
  const engine = await openHttpEngine()
  engine.handle((request, response) => {
    if (request.url?.startsWith('/events')) response.flushHeaders()
    else response.end(JSON.stringify({ Version, ApiVersion: '1.41', Os: 'linux', Arch: 'amd64', NCPU: 2 }))
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
    env,
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
    expect(details).toEqual([`${dead} is there, but no engine answers`])
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

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string[]]>([
  ['linux', {}, ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')]],
  [
    'linux',
    { XDG_RUNTIME_DIR: '/run/user/7' },
    ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock'), '/run/user/7/docker.sock'],
  ],
  ['win32', { XDG_RUNTIME_DIR: '/x' }, ['//./pipe/docker_engine']],
])('the usual sockets on %s with %j', (platform, env, sockets) => {
  expect(usualSockets(platform, env)).toEqual(sockets)
})
