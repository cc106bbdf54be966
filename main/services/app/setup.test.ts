import { beforeEach, expect, test } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import { FakeEngine } from '../../../test/fakes/app'
import type { SetupState } from '../../api'
import type { EngineOptions, FindEngine } from './engine'
import type { Log } from './log'
import { SetupService } from './setup'

let logged: string[]
let engine: FakeEngine
const log: Log = { info: () => undefined, error: (message) => void logged.push(message) }

beforeEach(() => {
  logged = []
  engine = new FakeEngine()
})

function setup(find: FindEngine, onReady: () => Promise<void> = async () => undefined): SetupService {
  return new SetupService({
    settings: () => ({ mode: 'auto', endpoint: '', tlsDirectory: '' }),
    engineHome: '/home',
    resources: '/resources',
    log,
    find,
    onReady,
  })
}

/** The phases that a set-up went through, each once. */
function phasesOf(service: SetupService): string[] {
  const phases: string[] = []
  service.state.watch(({ phase }) => {
    if (phases.at(-1) !== phase) phases.push(phase)
  })
  return phases
}

/** A promise that the test settles. */
function gate<T>() {
  let open: (value: T) => void = () => undefined
  const opened = new Promise<T>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

const line = (part: Partial<SetupState['lines'][number]>) => ({
  id: 'engine',
  label: 'Finding',
  detail: null,
  state: 'running' as const,
  fraction: null,
  estimateSeconds: null,
  ...part,
})

test('success: the engine is found, prepared and taken into use, in this order', async () => {
  const order: string[] = []
  const service = setup(
    async ({ home, resources, settings }) => {
      order.push(`find ${home} ${resources} ${settings.mode}`)
      return engine
    },
    async () => {
      order.push(`ready ${service.state.value.phase}`)
    },
  )
  const phases = phasesOf(service)
  await service.run()
  expect(order).toEqual(['find /home /resources auto', 'ready running'])
  expect(engine.done).toEqual(['prepare'])
  expect(phases).toEqual(['running', 'ready'])
  expect(service.state.value).toMatchObject({ engine: engine.view, problem: null })
  expect(await service.doctor()).toEqual(await engine.report())
})

test('each line of the set-up is shown once, as it is now', async () => {
  const service = setup(async ({ onProgress }) => {
    onProgress(line({}))
    onProgress(line({ id: 'images', label: 'Preparing' }))
    onProgress(line({ state: 'done', fraction: 1 }))
    return engine
  })
  await service.run()
  expect(service.state.value.lines.map(({ id, state }) => [id, state])).toEqual([
    ['engine', 'done'],
    ['images', 'running'],
  ])
})

test.each([
  ['finding', async () => Promise.reject(new CapstanError('no-engine', 'None.', { help: 'Start one.' }))],
  [
    'preparing',
    async () => {
      engine.preparing = Promise.reject(new CapstanError('no-engine', 'None.', { help: 'Start one.' }))
      return engine
    },
  ],
])('failure of %s is a state with a way out, and is logged', async (_what, find) => {
  const service = setup(find)
  await service.run()
  expect(service.state.value).toMatchObject({
    phase: 'failed',
    problem: { code: 'no-engine', message: 'None.', help: 'Start one.' },
  })
  expect(await service.doctor()).toMatchObject({
    ok: false,
    problems: [{ message: 'None.', help: 'Start one.' }],
  })
  expect(logged).toEqual(['set-up failed'])
})

test('an error of ours keeps its words in the log', async () => {
  const service = setup(() => Promise.reject(new TypeError('secret')))
  await service.run()
  expect(service.state.value.problem).toMatchObject({ code: 'internal' })
  expect(JSON.stringify(service.state.value)).not.toContain('secret')
})

test('retry: a set-up after a failure begins again and may succeed', async () => {
  let tries = 0
  const service = setup(async () => {
    if (++tries === 1) throw new CapstanError('no-engine', 'None.')
    return engine
  })
  const phases = phasesOf(service)
  await service.run()
  await service.run()
  expect(phases).toEqual(['running', 'failed', 'running', 'ready'])
  expect(service.state.value.problem).toBeNull()
})

test('a set-up that is asked for while one runs joins it; one after it lets go of the old engine', async () => {
  let found = 0
  const service = setup(async () => {
    found++
    return engine
  })
  await Promise.all([service.run(), service.run()])
  expect(found).toBe(1)
  await service.run()
  expect(found).toBe(2)
  expect(engine.done).toEqual(['prepare', 'release', 'prepare'])
})

test('before there is an engine the doctor asks for patience', async () => {
  const report = await setup(() => new Promise(() => undefined)).doctor()
  expect(report).toMatchObject({ ok: false, problems: [{ help: 'Wait a moment.' }] })
})

test('stop while the engine is looked for ends the search', async () => {
  let signal: AbortSignal | undefined
  const service = setup(async (options: EngineOptions) => {
    signal = options.signal
    return await new Promise((_resolve, reject) => {
      options.signal.addEventListener('abort', () => reject(options.signal.reason))
    })
  })
  const running = service.run()
  await expect.poll(() => signal).toBeDefined()
  await service.stop()
  await running
  expect(signal?.aborted).toBe(true)
  expect(service.state.value.phase).toBe('running')
  expect(logged).toEqual([])
})

test('stop before the search has begun: there is none', async () => {
  let searches = 0
  const service = setup(async () => {
    searches++
    return engine
  })
  const running = service.run()
  await service.stop()
  await running
  expect(searches).toBe(0)
})

test('stop during the preparation: nothing becomes ready any more, and the engine is released', async () => {
  const { open, opened } = gate<void>()
  engine.preparing = opened
  let ready = 0
  const service = setup(
    async () => engine,
    async () => void ready++,
  )
  const running = service.run()
  await expect.poll(() => engine.done).toEqual(['prepare'])
  const disposed = service.dispose({ keep: true })
  open()
  await Promise.all([running, disposed])
  expect(ready).toBe(0)
  expect(service.state.value.phase).toBe('running')
  expect(engine.done).toEqual(['prepare', 'release and keep'])
})

test('an engine that goes away later is a failure that says what to do', async () => {
  const service = setup(async () => engine)
  await service.run()
  engine.gone.emit()
  expect(service.state.value).toMatchObject({ phase: 'failed', problem: { code: 'engine-gone' } })
  expect((await service.doctor()).ok).toBe(false)
})

test('a restart gives up the set-up that runs, and what that finds later is let go', async () => {
  const [first, second] = [gate<FakeEngine>(), new FakeEngine()]
  const signals: AbortSignal[] = []
  const service = setup(async ({ signal }) => {
    signals.push(signal)
    return signals.length === 1 ? await first.opened : second
  })
  const running = service.run()
  await expect.poll(() => signals).toHaveLength(1)
  const restarted = service.restart()
  expect(signals[0]?.aborted).toBe(true)
  first.open(engine)
  await Promise.all([running, restarted])
  expect(signals).toHaveLength(2)
  expect(engine.done).toEqual(['release'])
  expect(second.done).toEqual(['prepare'])
  expect(service.state.value.phase).toBe('ready')
})
