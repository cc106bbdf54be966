import { describe, expect, test } from 'vitest'
import type { ExecResult } from '../docker'
import { preloadedEverywhere } from '../images'
import type { LoadedLab } from '../labs'
import { FakeTopology } from './fakes.test-kit'
import { aLab } from './labs.test-kit'
import { prepareLab, runSetup } from './prepare'

const signal = new AbortController().signal
const nodes = ['node1', 'node2'].map((name) => ({ name, swarm: 'none' as const, networks: ['lab'] }))
const script = (on: string, text: string) => ({ on, file: `${text}.sh`, text })

function prepared(options: Partial<LoadedLab>, result?: ExecResult) {
  const lab = aLab({ nodes, ...options })
  const topology = new FakeTopology('t1', lab)
  if (result) for (const node of topology.nodes) node.result = result
  const activities: string[] = []
  const done = prepareLab({ lab, topology, signal, onActivity: (text) => activities.push(text) })
  return { topology, activities, done, calls: (name: string) => topology.node(name).calls }
}

describe('a lab', () => {
  test('without anything of its own needs nothing and says nothing', async () => {
    const { done, activities, calls } = prepared({})
    await done
    expect(activities).toEqual([])
    expect(calls('node1')).toEqual([])
  })

  test('gets its images on every node, then its files, then its set-up', async () => {
    const { done, activities, calls } = prepared({
      images: [{ name: 'redis:7', preloaded: true }],
      files: [{ from: '/labs/lab/page', to: '/root/page', on: 'node2', hash: 'hash of the page' }],
      setup: [script('node2', 'prepare')],
    })
    await done
    expect(activities).toEqual(['Bringing in the images', 'Setting the scene'])
    expect(calls('node1')).toEqual(['exec docker pull -q redis:7'])
    expect(calls('node2')).toEqual([
      'exec docker pull -q redis:7',
      'copy /labs/lab/page /root/page hash of the page',
      'script prepare',
    ])
  })

  test('pulls neither the images that every node has nor those that the student is to pull', async () => {
    const everywhere = preloadedEverywhere().map((name) => ({ name, preloaded: true }))
    const { done, activities, calls } = prepared({
      images: [...everywhere, { name: 'redis:7', preloaded: false }],
    })
    await done
    expect(everywhere.length).toBeGreaterThan(0)
    expect(activities).toEqual([])
    expect(calls('node1')).toEqual([])
  })

  test('whose image cannot be pulled says which, where and why', async () => {
    const refused = { exitCode: 1, stdout: '', stderr: 'no route to host\n' }
    const { done } = prepared({ images: [{ name: 'redis:7', preloaded: true }] }, refused)
    await expect(done).rejects.toMatchObject({
      code: 'image-failed',
      message: 'redis:7 could not be brought into node1: no route to host',
    })
  })
})

describe('a set-up', () => {
  test('runs its scripts and switches its nodes in order', async () => {
    const topology = new FakeTopology('t1', aLab({ nodes }))
    await runSetup(
      [script('node1', 'a'), { on: 'node2', action: 'stop' }, script('node1', 'b')],
      topology,
      signal,
    )
    expect(topology.node('node1').calls).toEqual(['script a', 'script b'])
    expect(topology.acts).toEqual(['stop node2'])
  })

  test.each([
    ['its errors', { exitCode: 2, stdout: 'out', stderr: 'one\ntwo\nthree\nfour\n' }, 'two three four'],
    ['its output when it wrote no errors', { exitCode: 2, stdout: 'only this', stderr: '' }, 'only this'],
  ])('that fails ends there and shows %s', async (_what, result, words) => {
    const topology = new FakeTopology('t1', aLab({ nodes }))
    topology.node('node1').result = result
    const running = runSetup([script('node1', 'a'), script('node2', 'b')], topology, signal)
    await expect(running).rejects.toMatchObject({
      code: 'lab-invalid',
      message: `The set-up script a.sh failed with exit code 2: ${words}`,
    })
    expect(topology.node('node2').calls).toEqual([])
  })

  test('names a node that the lab does not have', async () => {
    const topology = new FakeTopology('t1', aLab({ nodes }))
    await expect(runSetup([script('node9', 'a')], topology, signal)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
