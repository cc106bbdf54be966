import { beforeEach, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { DISK, KIND, NAME, TOPOLOGY } from '../node'
import { EngineDisk } from './engine-disk'

const MIB = 2 ** 20
let engine: MemoryEngine
let disk: EngineDisk

beforeEach(() => {
  engine = memoryEngine()
  disk = new EngineDisk(engine.docker, [])
})

async function aNode(name: string, labels: Record<string, string> = { [DISK]: '100' }): Promise<string> {
  const Labels = { [KIND]: 'node', [TOPOLOGY]: 't1', [NAME]: name, ...labels }
  const id = await engine.docker.containers.create({ Labels })
  await engine.docker.containers.start(id)
  return id
}

const callsTo = (method: string) => engine.calls.filter((call) => call.startsWith(`containers.${method} `))

test('a node takes what its container and its volume take, and may take what its label says', async () => {
  const id = await aNode('web')
  const old = await aNode('old', {})
  engine.sizes.set(id, 5).set(`volume-of-${id}`, 7)
  expect(await disk.uses()).toEqual([
    { containerId: id, topologyId: 't1', name: 'web', bytes: 12, limit: 100 * MIB },
    { containerId: old, topologyId: 't1', name: 'old', bytes: 0, limit: null },
  ])
})

test('only nodes that run are measured', async () => {
  const id = await aNode('web')
  await engine.docker.containers.stop(id)
  await engine.docker.containers.create({ Labels: { [KIND]: 'mirror' } })
  expect(await disk.uses()).toEqual([])
})

test.each(['containers.size', 'volumes.sizes'])(
  'files that cannot be counted by %s are too many',
  async (call) => {
    await aNode('web')
    engine.failures.set(call, new CapstanError('engine-timeout', 'too long'))
    expect(await disk.uses()).toMatchObject([{ bytes: Number.POSITIVE_INFINITY }])
  },
)

test('a node that has gone meanwhile takes nothing', async () => {
  await aNode('web')
  engine.failures.set('containers.size', new CapstanError('not-found', 'gone'))
  expect(await disk.uses()).toMatchObject([{ bytes: 0 }])
})

test('all nodes are frozen while the work runs, and go on when it fails', async () => {
  const ids = [await aNode('one'), await aNode('two')]
  const work = disk.whileFrozen(async () => {
    expect(callsTo('pause')).toEqual(ids.map((id) => `containers.pause ${id}`))
    expect((await disk.uses()).map(({ name }) => name)).toEqual(['one', 'two'])
    throw new Error('the work')
  })
  await expect(work).rejects.toThrow('the work')
  expect(callsTo('unpause')).toEqual(ids.map((id) => `containers.unpause ${id}`))
})

test('a node is ended at once', async () => {
  const id = await aNode('web')
  const [use] = await disk.uses()
  if (!use) throw new Error('The node was not measured.')
  await disk.stop(use)
  expect(callsTo('kill')).toEqual([`containers.kill ${id}`])
  expect(engine.containers.get(id)?.isRunning).toBe(false)
})
