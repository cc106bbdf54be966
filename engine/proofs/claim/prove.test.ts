import { describe, expect, test } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import type { ExecResult } from '../../docker'
import type { OuterEngine } from '../../outer'
import { NO_FEATURES } from '../../session/session.test-kit'
import type { Shape } from '../../topology'
import { parseClaim } from './parse'
import { type ClaimNodes, proveClaim } from './prove'

type Answer = Partial<ExecResult> | Error
type FakeNode = ClaimNodes['nodes'][number]

/** Nodes whose scripts are answered by `run`, and whose engine and commands are answered by `look`. */
class FakeNodes implements ClaimNodes {
  readonly nodes: readonly FakeNode[]
  readonly log: string[] = []
  isClosed = false
  isRemoved = false
  readonly id = 'nodes'

  constructor(names: readonly string[], run: (script: string) => Answer, look: (path: string) => unknown) {
    this.nodes = names.map((name) => ({
      name,
      docker: {
        get: async (path: string) => {
          this.log.push(`${name} GET ${path}`)
          return orThrow(look(path)) as never
        },
      },
      exec: async (cmd) => resultOf(look(cmd.join(' ')) as Answer),
      script: async (text) => {
        this.log.push(`${name} ${text}`)
        return resultOf(run(text))
      },
    }))
  }

  node(name: string): FakeNode {
    const node = this.nodes.find((one) => one.name === name)
    if (!node) throw new CapstanError('not-found', `This lab has no node called "${name}".`)
    return node
  }

  close(): void {
    this.isClosed = true
  }
}

function orThrow<T>(answer: T): T {
  if (answer instanceof Error) throw answer
  return answer
}

function resultOf(answer: Answer): ExecResult {
  return { exitCode: 0, stdout: '', stderr: '', ...orThrow(answer) }
}

interface Proving {
  readonly run?: (script: string) => Answer
  readonly look?: (path: string) => unknown
  readonly signal?: AbortSignal
  readonly capabilities?: Partial<OuterEngine['capabilities']>
}

async function prove(proof: unknown, proving: Proving = {}) {
  const {
    run = () => ({}),
    look = () => ({}),
    signal = new AbortController().signal,
    capabilities = {},
  } = proving
  const { claim, problem } = parseClaim(proof)
  if (!claim) throw new Error(problem ?? '')
  const shapes: Shape[] = []
  const nodes = new FakeNodes(
    claim.nodes.map(({ name }) => name),
    run,
    look,
  )
  const engine = { capabilities: { ...NO_FEATURES, ...capabilities } }
  const take = async (shape: Shape) => {
    shapes.push(shape)
    return nodes
  }
  const remove = async (id: string) => {
    nodes.isRemoved = id === nodes.id && nodes.isClosed
  }
  const verdict = proveClaim(claim, { engine, topologies: { take, remove }, signal })
  return { verdict: await verdict.catch((error: unknown) => error), nodes, shapes }
}

const PROVEN = { state: 'proven', message: '' }
const failed = (message: string) => ({ state: 'failed', message })

test('a claim whose steps all hold is proven, and its nodes are removed', async () => {
  const proof = [
    { run: 'docker run -d --name web nginx' },
    { query: { api: '/containers/web/json', select: 'State.Status' }, expect: 'running' },
  ]
  const { verdict, nodes, shapes } = await prove(proof, { look: () => ({ State: { Status: 'running' } }) })
  expect(verdict).toEqual(PROVEN)
  expect(nodes.log).toEqual(['node1 docker run -d --name web nginx', 'node1 GET /containers/web/json'])
  expect(nodes.isRemoved).toBe(true)
  expect(shapes).toEqual([
    {
      nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }],
      networks: [{ name: 'lab', internal: false }],
    },
  ])
})

test('the first step that does not hold fails the claim, by its number; the rest is not run', async () => {
  const { verdict, nodes } = await prove([{ run: 'one' }, { run: 'two' }, { run: 'three' }], {
    run: (script) => ({ exitCode: script === 'two' ? 1 : 0 }),
  })
  expect(verdict).toEqual(failed('Step 2: two: Expected exit code 0, found 1.'))
  expect(nodes.log).toEqual(['node1 one', 'node1 two'])
  expect(nodes.isRemoved).toBe(true)
})

test('a claim that needs what the engine lacks is unprovable, and takes no nodes', async () => {
  const proof = { nodes: { node1: {} }, requires: ['vxlan', 'ipvs'], steps: [{ run: 'true' }] }
  const { verdict, shapes } = await prove(proof, { capabilities: { vxlan: true } })
  expect(verdict).toEqual({ state: 'unprovable', message: 'This engine lacks ipvs.' })
  expect(shapes).toEqual([])
})

test('steps run on the node that they name, or on the first', async () => {
  const proof = {
    nodes: { manager1: { swarm: 'manager' }, worker1: { swarm: 'worker' } },
    steps: [
      { run: 'a' },
      { run: 'b', on: 'worker1' },
      { query: { api: '/info' }, expect: { has: {} } },
      { query: { api: '/info' }, expect: { has: {} }, on: 'worker1' },
    ],
  }
  const { verdict, nodes } = await prove(proof)
  expect(verdict).toEqual(PROVEN)
  expect(nodes.log).toEqual(['manager1 a', 'worker1 b', 'manager1 GET /info', 'worker1 GET /info'])
})

test.each([
  ['run', { run: 'true', on: 'node2' }],
  ['look', { query: { api: '/info' }, expect: 1, on: 'node2', within: '0s' }],
])('a step that would %s on a node that is not there fails', async (_name, step) => {
  const { verdict, nodes } = await prove([step])
  expect(verdict).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('no node called "node2"'),
  })
  expect(nodes.isRemoved).toBe(true)
})

describe('a script', () => {
  test.each<[expect: unknown, Answer, message: string]>([
    [undefined, { exitCode: 0, stdout: 'a' }, ''],
    [
      undefined,
      { exitCode: 125, stderr: 'a\nb\nNo such image\n' },
      'Expected exit code 0, found 125. b No such image',
    ],
    [{ exit: 1 }, { exitCode: 1, stderr: 'No such image' }, ''],
    [{ exit: 1 }, { exitCode: 0 }, 'Expected exit code 1, found 0.'],
    [{ exit: '!= 0', stderr: '/denied/' }, { exitCode: 2, stderr: 'access denied\n' }, ''],
    [{ stderr: '/denied/' }, { stderr: 'ok\n' }, 'Expected stderr text that matches /denied/, found ok. ok'],
    ['>= 3', { stdout: '4\n' }, ''],
    ['>= 3', { stdout: '2\n' }, 'Expected at least 3, found 2.'],
    [{ contains: 'a' }, { stdout: 'xay' }, ''],
    [{ stdout: 'x', exit: 3 }, { exitCode: 3, stdout: ' x ' }, ''],
  ])('that should give %j and gives %j', async (expected, answer, message) => {
    const proof = [{ run: 'cmd\n', ...(expected !== undefined && { expect: expected }) }]
    const { verdict } = await prove(proof, { run: () => answer })
    expect(verdict).toEqual(message === '' ? PROVEN : failed(`Step 1: cmd: ${message}`))
  })

  test('that takes too long fails the claim with the words of the limit', async () => {
    const late = new CapstanError('engine-timeout', 'The command took longer than 60 s.')
    expect((await prove([{ run: 'sleep 100' }], { run: () => late })).verdict).toEqual(
      failed('Step 1: sleep 100: The command took longer than 60 s.'),
    )
  })

  test('that meets an error of the program is thrown, and the nodes are removed', async () => {
    const { verdict, nodes } = await prove([{ run: 'true' }], { run: () => new TypeError('x is undefined') })
    expect(verdict).toBeInstanceOf(TypeError)
    expect(nodes.isRemoved).toBe(true)
  })

  test('is run once unless it has patience', async () => {
    expect((await prove([{ run: 'a' }], { run: () => ({ exitCode: 1 }) })).nodes.log).toHaveLength(1)
  })

  test('is run again until it holds', async () => {
    let runs = 0
    const { verdict } = await prove([{ run: 'a', within: '1m' }], {
      run: () => ({ exitCode: ++runs < 3 ? 1 : 0 }),
    })
    expect(verdict).toEqual(PROVEN)
    expect(runs).toBe(3)
  })
})

describe('a step that looks', () => {
  const query = { query: { api: '/nodes', select: 'length(@)' }, expect: 2 }

  test('is asked again until it holds', async () => {
    let looks = 0
    const { verdict } = await prove([query], { look: () => (++looks < 3 ? [] : [1, 2]) })
    expect(verdict).toEqual(PROVEN)
    expect(looks).toBe(3)
  })

  test('fails the claim with its last explanation when its time is over', async () => {
    const { verdict } = await prove([{ ...query, within: '1ms' }], { look: () => [1] })
    expect(verdict).toEqual(failed('Step 1: Expected 2, found 1.'))
  })

  test('that meets a node that is gone fails the claim', async () => {
    const gone = new CapstanError('node-gone', 'The node node1 has stopped.')
    const { verdict } = await prove([{ ...query, within: '0s' }], { look: () => gone })
    expect(verdict).toEqual(failed('Step 1: This could not be looked at: The node node1 has stopped.'))
  })

  test.each<[object, unknown]>([
    [{ http: 'http://localhost', expect: { body: 'a' } }, { stdout: 'a\n--capstan--200\n{}' }],
    [{ file: '/a', expect: { mode: '0600' } }, { stdout: 'regular file|600|root|1\na' }],
    [{ file: '/a', expect: { absent: true } }, { exitCode: 44 }],
    [{ exec: 'id', expect: '/root/' }, { stdout: 'root' }],
  ])('may be of any kind: %j', async (step, answer) => {
    expect((await prove([step], { look: () => answer })).verdict).toEqual(PROVEN)
  })
})

test.each([
  ['runs', { run: 'a', within: '1m' }],
  ['runs for the last time', { run: 'a' }],
  ['looks', { query: { api: '/nodes' }, expect: 1, within: '1m' }],
])('a proof that is cancelled while it %s is thrown, and its nodes are removed', async (_name, step) => {
  const abort = new AbortController()
  const stop = () => {
    abort.abort(new Error('Stopped.'))
    return { exitCode: 1 }
  }
  const { verdict, nodes } = await prove([step], { run: stop, look: stop, signal: abort.signal })
  expect(verdict).toMatchObject({ message: 'Stopped.' })
  expect(nodes.isRemoved).toBe(true)
})

test('nodes that cannot be built are thrown', async () => {
  const { claim } = parseClaim([{ run: 'true' }])
  const take = async () => {
    throw new CapstanError('no-space', 'The disk is full.')
  }
  const proof = proveClaim(claim ?? expect.fail(), {
    engine: { capabilities: NO_FEATURES },
    topologies: { take, remove: () => expect.fail() },
    signal: new AbortController().signal,
  })
  await expect(proof).rejects.toThrow('The disk is full.')
})
