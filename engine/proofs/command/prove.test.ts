import { expect, test } from 'vitest'
import type { ExecResult } from '../../docker'
import type { Shape } from '../../topology'
import type { ClaimNodes } from '../claim'
import { proveCommand } from './prove'

/** Nodes whose state is a list of the scripts that ran; `look` says whether that is what was asked for. */
class FakeTopologies {
  readonly built: { readonly shape: Shape; readonly ran: string[] }[] = []
  readonly removed: string[] = []
  readonly #isDone: (ran: readonly string[]) => boolean
  readonly #run: (script: string, node: number) => Partial<ExecResult>

  constructor(
    isDone: (ran: readonly string[]) => boolean,
    run: (script: string, node: number) => Partial<ExecResult> = () => ({}),
  ) {
    this.#isDone = isDone
    this.#run = run
  }

  async take(shape: Shape): Promise<ClaimNodes> {
    const ran: string[] = []
    const place = this.built.push({ shape, ran }) - 1
    const node = {
      name: 'node1',
      docker: { get: async () => this.#isDone(ran) as never },
      exec: async () => expect.fail(),
      script: async (text: string) => {
        ran.push(text)
        return { exitCode: 0, stdout: '', stderr: '', ...this.#run(text, place) }
      },
    }
    return { id: `t${place}`, nodes: [node], node: () => node, close: () => undefined }
  }

  async remove(id: string): Promise<void> {
    this.removed.push(id)
  }
}

const command = (setup?: string) => ({
  ...(setup !== undefined && { setup }),
  checks: [
    { name: 'It is done', query: { api: '/x' }, expect: true, within: '0s', explain: 'Done is {actual}.' },
  ],
  solution: 'solve',
  mistakes: [
    { run: 'first', why: 'No.' },
    { run: 'second', why: 'No.' },
  ],
})
const prove = (topologies: FakeTopologies, text: ReturnType<typeof command> = command('prepare')) =>
  proveCommand(text, { topologies, signal: new AbortController().signal, staysRedMs: 0 })

test('the solution and each mistake have a fresh node of their own, which is removed', async () => {
  const topologies = new FakeTopologies((ran) => ran.includes('solve'))
  expect(await prove(topologies)).toEqual({ state: 'proven', message: '' })
  expect(topologies.built.map(({ ran }) => ran)).toEqual([
    ['prepare', 'solve'],
    ['prepare', 'first'],
    ['prepare', 'second'],
  ])
  expect(topologies.removed).toEqual(['t0', 't1', 't2'])
  expect(topologies.built[0]?.shape.nodes.map(({ name }) => name)).toEqual(['node1'])
})

test.each<[string, FakeTopologies, RegExp]>([
  ['is green at the start', new FakeTopologies(() => true), /green before anything was typed/],
  [
    'is red after its solution',
    new FakeTopologies(
      () => false,
      (script) => (script === 'solve' ? { exitCode: 1, stderr: 'no such volume\n' } : {}),
    ),
    /^The solution leaves it red: Done is false\. The solution says: no such volume \(exit code 1\)$/,
  ],
  [
    'has a mistake that solves it',
    new FakeTopologies((ran) => ran.some((script) => ['solve', 'second'].includes(script))),
    /^Mistake 2 turns all checks green: second$/,
  ],
  [
    'has a set-up that fails',
    new FakeTopologies(
      () => false,
      () => ({ exitCode: 3, stderr: 'broken' }),
    ),
    /^The set-up fails: broken \(exit code 3\)$/,
  ],
  [
    'has a set-up that fails the second time',
    new FakeTopologies(
      (ran) => ran.includes('solve'),
      (script, node) => (script === 'prepare' && node > 0 ? { exitCode: 1 } : {}),
    ),
    /^The set-up worked once, but not again/,
  ],
])('an item that %s is not proven', async (_what, topologies, message) => {
  const verdict = await prove(topologies)
  expect(verdict.state).toBe('failed')
  expect(verdict.message).toMatch(message)
  expect(topologies.removed).toHaveLength(topologies.built.length)
})

test('a mistake that Docker refuses is a mistake all the same', async () => {
  const topologies = new FakeTopologies(
    (ran) => ran.includes('solve'),
    (script) => ({ exitCode: script === 'first' ? 125 : 0 }),
  )
  expect((await prove(topologies)).state).toBe('proven')
})

test('an item whose checks cannot be read takes no node', async () => {
  const topologies = new FakeTopologies(() => true)
  const broken = { ...command(), checks: [{ name: 'It walks', walk: 'far' }] }
  const verdict = await proveCommand(broken, { topologies, signal: new AbortController().signal })
  expect(verdict).toMatchObject({
    state: 'failed',
    message: expect.stringMatching(/^It cannot be run: check 1/),
  })
  expect(topologies.built).toEqual([])
})
