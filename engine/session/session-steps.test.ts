import { describe, expect, onTestFinished, test } from 'vitest'
import { LabSession } from './lab-session'
import { aCheck, aLab, aResult, aStep } from './labs.test-kit'
import { recordsInMemory } from './record'
import { gate, type OpenedSession, openSession, runningSession } from './session.test-kit'
import { newRecord } from './steps'

const stateOf = ({ session }: OpenedSession, id: string) =>
  session.snapshot().steps.find((step) => step.id === id)?.state

describe('the steps of a lab', () => {
  test('are done when their checks are green, which opens the next', async () => {
    const one = await runningSession()
    expect([stateOf(one, 'one'), stateOf(one, 'two')]).toEqual(['open', 'locked'])
    one.green.add('one is done')
    const results = await one.session.check()
    expect([...results.values()].map(({ state }) => state)).toEqual(['green'])
    await expect.poll(() => stateOf(one, 'one')).toBe('done')
    expect(stateOf(one, 'two')).toBe('open')
    expect(await one.saved()).toMatchObject({ stepsDone: ['one'] })
  })

  test('complete the lab when all are done', async () => {
    const one = await runningSession()
    one.green.add('one is done').add('two is done')
    await one.session.check()
    await one.session.openStep('two')
    expect(one.session.snapshot()).toMatchObject({ currentStep: 'two', completed: false })
    await one.session.check()
    await expect.poll(() => one.session.snapshot().completed).toBe(true)
  })

  test('are refused while they are locked', async () => {
    const { session } = await runningSession()
    await expect(session.openStep('two')).rejects.toMatchObject({
      code: 'session-state',
      message: 'This step is still locked.',
    })
    expect(session.snapshot().currentStep).toBe('one')
  })

  test('open as soon as their predecessor is green, also before that is on the disk', async () => {
    const memory = recordsInMemory()
    const disk = gate()
    let isSlow = false
    const save = async (...[record]: Parameters<typeof memory.save>) => {
      if (isSlow) await disk.opened
      await memory.save(record)
    }
    const one = await runningSession({ records: { ...memory, save } })
    one.green.add('one is done')
    isSlow = true
    await one.session.check()
    const opening = one.session.openStep('two')
    disk.open()
    await opening
    expect(one.session.snapshot().currentStep).toBe('two')
  })

  test('run their set-up once, however often they are opened', async () => {
    const setup = [{ on: 'node1', file: 'two.sh', text: 'set up two' }]
    const { session, topologies, green } = await runningSession({
      lab: aLab({ steps: [aStep('one'), aStep('two', { setup })] }),
    })
    green.add('one is done')
    await session.check()
    for (const id of ['two', 'one', 'two']) await session.openStep(id)
    const { calls } = topologies.latest.node('node1')
    expect(calls.filter((call) => call.includes('set up two'))).toHaveLength(1)
    expect(session.snapshot().currentStep).toBe('two')
  })

  test('show at once what their set-up has switched', async () => {
    const setup = [{ on: 'node1', action: 'kill' as const }]
    const { session } = await runningSession({ lab: aLab({ steps: [aStep('one', { setup })] }) })
    expect(session.snapshot().nodes[0]?.state).toBe('stopped')
  })

  test('stay closed when their set-up fails, and the lab goes on', async () => {
    const setup = [{ on: 'node1', file: 'two.sh', text: 'false' }]
    const one = await runningSession({ lab: aLab({ steps: [aStep('one'), aStep('two', { setup })] }) })
    one.green.add('one is done')
    await one.session.check()
    one.topologies.latest.node('node1').result = { exitCode: 1, stdout: 'oh no', stderr: '' }
    await expect(one.session.openStep('two')).rejects.toMatchObject({ code: 'lab-invalid' })
    expect(one.session.snapshot()).toMatchObject({ state: 'running', currentStep: 'one' })
  })

  test.each(['openStep', 'showHint', 'showSolution', 'evaluateStep'] as const)(
    '%s refuses a step that the lab does not have',
    async (call) => {
      const { session } = await runningSession()
      await expect(session[call]('three')).rejects.toMatchObject({ code: 'not-found' })
    },
  )

  test('give their hints one at a time, and their solution when it is asked for', async () => {
    const one = await runningSession()
    const first = () => one.session.snapshot().steps[0]
    expect(first()).toMatchObject({ hints: [], solution: null })
    await one.session.showHint('one')
    expect(first()?.hints).toEqual(['first'])
    await one.session.showHint('one')
    await one.session.showSolution('one')
    expect(first()).toMatchObject({
      hints: ['first', 'second'],
      solution: [{ kind: 'code', node: 'node1', text: 'true', runs: true }],
    })
    expect(await one.saved()).toMatchObject({ hintsShown: { one: 2 }, solutionsShown: ['one'] })
  })
})

describe('the checks', () => {
  test('are looked at by name of the node that they are about', async () => {
    const asked: string[] = []
    const lab = aLab()
    const { topologies } = openSession({ lab })
    const session = new LabSession({
      lab,
      topologies,
      record: newRecord({ id: 's2', lab, kind: 'student' }),
      records: recordsInMemory(),
      evaluate: async (check, nodes) => {
        asked.push(nodes(check.on).name)
        return aResult('green')
      },
    })
    onTestFinished(() => session.detach())
    await session.start()
    await session.check()
    expect(new Set(asked)).toEqual(new Set(['node1']))
  })

  test.each([
    [
      'the prompt of a terminal returns',
      async ({ session, topologies }: OpenedSession) => {
        await session.openTerminal('node1', { cols: 80, rows: 24 })
        topologies.latest.node('node1').ttys[0]?.print('\u001b]133;A\u0007# ')
      },
    ],
    [
      'an engine reports an event',
      async ({ topologies }: OpenedSession) => {
        topologies.latest.node('node1').event('start')
      },
    ],
    ['the app has saved a file', async ({ session }: OpenedSession) => session.lookSoon()],
    ['a node is switched', async ({ session }: OpenedSession) => await session.switchNode('node1', 'cut')],
    [
      'a node changes by itself',
      async ({ session }: OpenedSession) => session.nodeChanged('node1', 'stopped'),
    ],
  ])('are looked at again when %s', async (_what, happen) => {
    const one = await runningSession()
    await one.session.check()
    const before = one.evaluated.length
    await happen(one)
    await expect.poll(() => one.evaluated.length).toBeGreaterThan(before)
  })

  test('of one step are the result of a check, also after another step was looked at', async () => {
    const { session, green } = await runningSession()
    green.add('one is done')
    await session.check()
    await session.openStep('two')
    const results = await session.check()
    expect([...results.keys()].map(({ name }) => name)).toEqual(['two is done'])
  })

  test('of a locked step can be evaluated without opening it', async () => {
    const one = await runningSession()
    one.green.add('two is done')
    const results = await one.session.evaluateStep('two')
    expect([...results.values()]).toEqual([aResult('green')])
    expect(one.session.snapshot().steps[1]).toMatchObject({ state: 'locked', checks: [{ state: 'pending' }] })
  })

  test('are pending again while a reset takes new nodes', async () => {
    const { session, green, topologies } = await runningSession()
    const states = () => session.snapshot().steps.flatMap(({ checks }) => checks.map(({ state }) => state))
    green.add('one is done')
    await session.check()
    expect(states()).toEqual(['green', 'pending'])
    const seen: string[] = []
    topologies.onTake = () => void seen.push(...states())
    await session.reset()
    expect(seen).toEqual(['pending', 'pending'])
  })

  test('whose result cannot be saved are a problem, and the lab goes on', async () => {
    const memory = recordsInMemory()
    let isFull = false
    const save = async (...[record]: Parameters<typeof memory.save>) => {
      if (isFull) throw new Error('disk full')
      await memory.save(record)
    }
    const { session, green } = await runningSession({ records: { ...memory, save } })
    green.add('one is done')
    isFull = true
    await session.check()
    await expect.poll(() => session.snapshot().problem?.message).toBe('Error: disk full')
    expect(session.state).toBe('running')
  })
})

describe('a task of an exam', () => {
  const task = (within = 0) =>
    aLab({
      kind: 'task',
      steps: [aStep('one', { checks: [aCheck('a', { within }), aCheck('b', { within })] })],
    })

  test('shows nothing of its checks, and does not even look at them', async () => {
    const { session, evaluated } = await runningSession({ lab: task() })
    expect(session.snapshot().steps).toEqual([])
    session.lookSoon()
    expect(evaluated).toEqual([])
  })

  test.each(['check', 'openStep', 'showHint', 'showSolution'] as const)(
    'gives no help by %s',
    async (call) => {
      const { session } = await runningSession({ lab: task() })
      await expect(session[call]('one')).rejects.toMatchObject({
        code: 'session-state',
        message: '"Lab" is a task of an exam.',
      })
    },
  )

  test('is graded by all its checks, in their order', async () => {
    const { session, green } = await runningSession({ lab: task() })
    green.add('b')
    expect((await session.grade()).checks).toEqual([
      { name: 'a', ...aResult('red') },
      { name: 'b', ...aResult('green') },
    ])
  })

  test('is graded with patience: a check may turn green in its time', async () => {
    const { session, green, evaluated } = await runningSession({ lab: task(60_000) })
    green.add('b')
    const grading = session.grade()
    await expect.poll(() => evaluated.length).toBeGreaterThanOrEqual(2)
    green.add('a')
    expect((await grading).checks.map(({ state }) => state)).toEqual(['green', 'green'])
  })

  test('is not graded while there are no nodes', async () => {
    const { session } = openSession({ lab: task() })
    await expect(session.grade()).rejects.toMatchObject({ code: 'session-state' })
  })

  test('gets no grade when the engine goes away meanwhile', async () => {
    const { session, evaluated, green } = await runningSession({ lab: task(60_000) })
    const grading = expect(session.grade()).rejects.toMatchObject({ code: 'session-state' })
    await expect.poll(() => evaluated.length).toBeGreaterThanOrEqual(2)
    session.engineGone()
    green.add('a').add('b')
    await grading
  })

  test('gets no grade when its session is given up', async () => {
    const { session, evaluated } = await runningSession({ lab: task(60_000) })
    const grading = expect(session.grade()).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => evaluated.length).toBeGreaterThanOrEqual(2)
    await session.detach()
    await grading
  })
})
