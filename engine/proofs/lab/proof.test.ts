import { describe, expect, test } from 'vitest'
import type { LoadedLab } from '../../labs'
import { type Faults, fakeLab, fakeTrials } from './fake-trial.test-kit'
import { type ProofOptions, proveOnce } from './proof'

interface Proving {
  readonly faults?: (trial: number) => Faults
  readonly leftovers?: readonly string[]
  readonly options?: Partial<ProofOptions>
}

async function prove(lab: LoadedLab, { faults, leftovers, options }: Proving = {}) {
  const progress: string[] = []
  const { begin, sessions } = fakeTrials(lab, { ...(faults && { faults }), ...(leftovers && { leftovers }) })
  const verdict = await proveOnce({
    lab,
    mistakes: { part: 1, of: 1 },
    begin,
    onProgress: (text) => progress.push(text),
    signal: new AbortController().signal,
    staysRedMs: 0,
    ...options,
  })
  const problems = verdict.steps.flatMap(({ id, problems }) =>
    problems.map((problem) => ({ step: id, ...problem })),
  )
  return { verdict, problems, progress, sessions, logs: sessions.map(({ log }) => log) }
}

const one = { id: 'one', asks: ['a'], solution: 'a' }
const two = { id: 'two', asks: ['b'], solution: 'b' }

describe('a good lab', () => {
  const lab = fakeLab([
    { ...one, guards: ['base'], setup: 'base', mistakes: [{ does: 'x', explains: 'no a' }] },
    { ...two, mistakes: [{ does: 'y', explains: 'no b' }, { does: '-a' }] },
  ])

  test('is proven', async () => {
    const { verdict } = await prove(lab)
    expect(verdict).toMatchObject({
      id: 'a-lab',
      ok: true,
      skipped: false,
      steps: [
        { id: 'one', ok: true, problems: [] },
        { id: 'two', ok: true, problems: [] },
      ],
    })
  })

  test('is walked from red to green, step by step, then reset and left', async () => {
    const { logs } = await prove(lab)
    expect(logs[0]).toEqual([
      'start',
      'evaluate one',
      'type a on node1',
      'evaluate two',
      'open two',
      'evaluate two',
      'type b on node1',
      'reset',
      'stop',
      'leftovers',
    ])
  })

  test('has each mistake made on nodes of its own, after the steps before it', async () => {
    const { logs } = await prove(lab)
    expect(logs.slice(1)).toEqual([
      ['start', 'type x on node1', 'stop'],
      ['start', 'type a on node1', 'open two', 'type y on node1', 'stop'],
      ['start', 'type a on node1', 'open two', 'type -a on node1', 'stop'],
    ])
  })

  test('has only its share of the mistakes made', async () => {
    const { logs, verdict } = await prove(lab, { options: { mistakes: { part: 2, of: 3 } } })
    expect(logs.slice(1)).toEqual([['start', 'type a on node1', 'open two', 'type y on node1', 'stop']])
    expect(verdict.ok).toBe(true)
  })

  test('says what it is doing', async () => {
    const { progress } = await prove(lab, { options: { mistakes: { part: 1, of: 3 } } })
    expect(progress).toEqual([
      'starting',
      'one: opening',
      'one: solution',
      'two: opening',
      'two: solution',
      'reset',
      'one: x.sh',
    ])
  })
})

describe('before a step is solved', () => {
  test('a check that is green already is a problem, once for each check', async () => {
    const { problems } = await prove(
      fakeLab([{ ...one, asks: ['a', 'base', 'other'], setup: 'base other', solution: 'a' }]),
    )
    expect(problems).toEqual([
      {
        step: 'one',
        kind: 'green-at-start',
        message: '"base" is green before the student has done anything.',
      },
      {
        step: 'one',
        kind: 'green-at-start',
        message: '"other" is green before the student has done anything.',
      },
    ])
  })

  test('a guard that is red is a problem', async () => {
    const { problems } = await prove(fakeLab([{ ...one, guards: ['base'], solution: 'a base' }]))
    expect(problems).toEqual([
      {
        step: 'one',
        kind: 'solution-stays-red',
        message: 'The guard "base" is not green when the step opens: There is no base.',
      },
    ])
  })
})

describe('a solution', () => {
  test('that leaves a check red is a problem that names the check', async () => {
    const { problems } = await prove(fakeLab([{ ...one, asks: ['a', 'c', 'd'] }]))
    expect(problems).toEqual([
      { step: 'one', kind: 'solution-stays-red', message: '"c": There is no c. · "d": There is no d.' },
    ])
  })

  test('that breaks a guard is a problem', async () => {
    const { problems } = await prove(
      fakeLab([{ ...one, guards: ['base'], setup: 'base', solution: 'a -base' }]),
    )
    expect(problems).toEqual([
      { step: 'one', kind: 'solution-stays-red', message: '"base": There is no base.' },
    ])
  })

  test('that cannot be typed is a problem with the reason', async () => {
    const onType = () => {
      throw new Error('Line 1 took longer than 60 s.')
    }
    const { problems } = await prove(fakeLab([one]), { faults: () => ({ onType }) })
    expect(problems).toEqual([
      { step: 'one', kind: 'solution-stays-red', message: 'Line 1 took longer than 60 s.' },
    ])
  })

  test('that fails ends the way: later steps and the reset are not tried, the nodes are removed', async () => {
    const lab = fakeLab([
      { ...one, solution: 'x', mistakes: [{ does: 'y' }] },
      { ...two, mistakes: [{ does: 'z' }] },
    ])
    const { logs, problems } = await prove(lab)
    expect(logs[0]).toEqual(['start', 'evaluate one', 'type x on node1', 'stop', 'leftovers'])
    // A mistake of the step that could be reached is still made, one of a step behind it is not.
    expect(logs.slice(1)).toEqual([['start', 'type y on node1', 'stop']])
    expect(problems.map(({ kind }) => kind)).toEqual(['solution-stays-red'])
  })

  test('may take as long as its checks allow', async () => {
    const { verdict } = await prove(fakeLab([{ ...one, within: 60_000 }]), {
      faults: () => ({ looksUntilGreen: 2 }),
    })
    expect(verdict.ok).toBe(true)
  })
})

describe('a later step', () => {
  test('that is green once an earlier one is done is a problem of the later step', async () => {
    const { problems } = await prove(fakeLab([{ ...one, solution: 'a b' }, two]))
    expect(problems).toEqual([
      {
        step: 'two',
        kind: 'later-step-green',
        message: 'All checks of this step are green once "one" is done.',
      },
      { step: 'two', kind: 'green-at-start', message: '"b" is green before the student has done anything.' },
    ])
  })

  test('may have some green checks, and green guards', async () => {
    const lab = fakeLab([
      { ...one, solution: 'a base' },
      { ...two, guards: ['base'] },
    ])
    expect((await prove(lab)).problems).toEqual([])
  })

  test('with a set-up is evaluated only when it opens', async () => {
    const { logs, problems } = await prove(fakeLab([one, { ...two, setup: '-a' }]))
    expect(problems).toEqual([])
    expect(logs[0]?.filter((entry) => entry === 'evaluate two')).toHaveLength(1)
    expect(logs[0]?.indexOf('evaluate two')).toBeGreaterThan(logs[0]?.indexOf('open two') ?? 0)
  })
})

describe('a mistake', () => {
  test('that turns the step green is a problem', async () => {
    const { problems } = await prove(fakeLab([{ ...one, mistakes: [{ does: 'a', explains: 'no a' }] }]))
    expect(problems).toEqual([{ step: 'one', kind: 'mistake-passes', message: 'a.sh turns the step green.' }])
  })

  test('that gets another explanation is a problem that shows both', async () => {
    const { problems } = await prove(fakeLab([{ ...one, mistakes: [{ does: 'x', explains: 'the port' }] }]))
    expect(problems).toEqual([
      {
        step: 'one',
        kind: 'wrong-explanation',
        message: 'x.sh should get the explanation "the port", but gets: "a": There is no a.',
      },
    ])
  })

  test('that turns the step green only after a while is still a problem', async () => {
    const lab = fakeLab([{ ...one, mistakes: [{ does: 'a' }] }])
    // The way through looks as often as it may; the trial of the mistake needs a second look.
    const { problems } = await prove(lab, {
      faults: (trial) => (trial === 1 ? { looksUntilGreen: 2 } : {}),
      options: { staysRedMs: 1 },
    })
    expect(problems.map(({ kind }) => kind)).toEqual(['mistake-passes'])
  })

  test('whose earlier step was solved once but not again is a flake', async () => {
    const lab = fakeLab([one, { ...two, mistakes: [{ does: 'x' }] }])
    const { problems, logs } = await prove(lab, {
      faults: (trial) => (trial === 1 ? { missing: ['a'] } : {}),
    })
    expect(problems).toEqual([
      { step: 'two', kind: 'flake', message: '"one" was solved once, but not again: "a": There is no a.' },
    ])
    expect(logs[1]?.at(-1)).toBe('stop')
  })
})

describe('a reset', () => {
  test('that leaves something behind is a problem of the last step', async () => {
    const { problems } = await prove(fakeLab([one, two]), { faults: () => ({ leftover: 'volume' }) })
    expect(problems).toEqual([
      {
        step: 'two',
        kind: 'reset-leftover',
        message: 'A reset does not give the start state again: new after the reset: volume',
      },
    ])
  })

  test('that breaks is thrown, and the nodes are removed', async () => {
    const { begin, sessions } = fakeTrials(fakeLab([one]), { faults: () => ({ breaks: 'reset' }) })
    await expect(prove(fakeLab([one]), { options: { begin } })).rejects.toThrow('The image is broken.')
    expect(sessions[0]?.log.slice(-3)).toEqual(['reset', 'stop', 'leftovers'])
  })
})

test('nodes that are left on the engine after the end are a problem', async () => {
  const { problems } = await prove(fakeLab([one]), { leftovers: ['node web', 'network lab'] })
  expect(problems).toEqual([
    {
      step: 'one',
      kind: 'reset-leftover',
      message: 'Left on the engine after the end: node web, network lab',
    },
  ])
})

test('a session that breaks at its start is thrown with its own words', async () => {
  await expect(prove(fakeLab([one]), { faults: () => ({ breaks: 'start' }) })).rejects.toMatchObject({
    code: 'session-state',
    message: 'The image is broken.',
  })
})

test('a proof that is cancelled while a solution is typed is thrown, and says nothing about the lab', async () => {
  const abort = new AbortController()
  const lab = fakeLab([one])
  const onType = () => abort.abort(new Error('Stopped.'))
  const { begin, sessions } = fakeTrials(lab, { faults: () => ({ onType }), signal: abort.signal })
  await expect(prove(lab, { options: { begin, signal: abort.signal } })).rejects.toThrow('Stopped.')
  expect(sessions[0]?.log).toContain('stop')
})

test('a task is proven like a lab, though it shows its student nothing', async () => {
  const lab = fakeLab([{ ...one, mistakes: [{ does: 'x', explains: 'no a' }] }], 'task')
  const { verdict, logs } = await prove(lab)
  expect(verdict.ok).toBe(true)
  expect(logs[1]).toContain('evaluate one')
})
