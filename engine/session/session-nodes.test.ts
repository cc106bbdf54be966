import { expect, test, vi } from 'vitest'
import { FakeTopologies } from './fakes.test-kit'
import { aLab } from './labs.test-kit'
import { recordsInMemory } from './record'
import { SavedRecord } from './saved-record'
import { SessionNodes } from './session-nodes'
import { newRecord } from './steps'

const names = ['node1', 'node2']
const lab = aLab({ nodes: names.map((name) => ({ name, swarm: 'none' as const, networks: ['lab'] })) })
const building = { signal: new AbortController().signal, onActivity: () => undefined }

function open(topologyId: string | null = null) {
  const topologies = new FakeTopologies()
  const onChange = vi.fn()
  const onEvent = vi.fn()
  const value = { ...newRecord({ id: 's1', lab, kind: 'student' }), topologyId }
  const record = new SavedRecord(value, recordsInMemory(), () => undefined)
  return {
    topologies,
    record,
    onChange,
    onEvent,
    nodes: new SessionNodes({ lab, record, topologies, onChange, onEvent }),
  }
}

const states = (nodes: SessionNodes) => nodes.snapshots().map(({ state }) => state)

test('there are none before they are built, only their names', () => {
  const { nodes } = open()
  expect(nodes.snapshots()).toEqual(
    names.map((name) => ({ name, state: 'starting', ports: [], trouble: null })),
  )
  expect(() => nodes.get('node1')).toThrow(expect.objectContaining({ code: 'session-state' }))
})

test('the record names the topology before anything is done in its nodes', async () => {
  const { nodes, topologies, record } = open()
  const seen: unknown[] = []
  topologies.onTake = (_options, topology) => {
    vi.spyOn(topology.node('node1'), 'state').mockImplementation(async () => {
      seen.push(record.value.topologyId, record.value.prepared)
      return 'running'
    })
  }
  await nodes.build(building)
  expect(seen).toEqual(['t1', false])
  expect(states(nodes)).toEqual(['running', 'running'])
  nodes.leave()
})

test('their events are reported, and each node has the ports of its own', async () => {
  const { nodes, topologies, onEvent, onChange } = open()
  await nodes.build(building)
  const [first, second] = topologies.latest.nodes
  second?.event('start')
  expect(onEvent).toHaveBeenCalledOnce()
  if (first) first.answers['/containers/json'] = [{ Ports: [{ PublicPort: 80, Type: 'tcp' }] }]
  first?.event('start')
  await vi.waitUntil(() => onChange.mock.calls.length > 0)
  expect(nodes.snapshots().map(({ ports }) => ports)).toEqual([[80], []])
  nodes.leave()
})

test('nothing is reported about nodes that were left', async () => {
  const { nodes, topologies, onEvent } = open()
  await nodes.build(building)
  nodes.leave()
  topologies.latest.node('node1').event('start')
  expect(onEvent).not.toHaveBeenCalled()
  expect(topologies.latest.isClosed).toBe(true)
  expect(() => nodes.topology).toThrow(expect.objectContaining({ code: 'session-state' }))
})

test.each([
  ['running', 'running', false],
  ['cut', 'running', false],
  ['stopped', 'running', true],
] as const)('nodes that are found %s and %s were off: %s', async (first, second, wasOff) => {
  const { nodes, topologies } = open('old')
  const topology = topologies.leave('old', lab)
  topology.node('node1').current = first
  topology.node('node2').current = second
  expect(await nodes.find()).toBe(wasOff)
  expect(topology.node('node1').calls).toContain(wasOff ? 'start' : 'ready')
  nodes.leave()
})

test('a session that never had nodes cannot find them', async () => {
  await expect(open().nodes.find()).rejects.toMatchObject({ code: 'node-gone' })
})

test.each([
  ['start', ['starting', 'running']],
  ['restart', ['starting', 'running']],
  ['kill', ['stopped']],
  ['cut', ['cut']],
] as const)('a node goes through these states on "%s": %j', async (action, expected) => {
  const { nodes, onChange } = open()
  await nodes.build(building)
  const seen: string[] = []
  onChange.mockImplementation(() => seen.push(states(nodes)[0] ?? ''))
  await nodes.switchNode('node1', action)
  expect(seen).toEqual(expected)
  nodes.leave()
})

test('nodes in which processes are left are named; a node that does not run has none', async () => {
  const { nodes, topologies } = open()
  await nodes.build(building)
  const [first, second] = [topologies.latest.node('node1'), topologies.latest.node('node2')]
  expect(await nodes.endProcesses()).toEqual([])
  first.result = { exitCode: 1, stdout: '', stderr: '' }
  second.result = { exitCode: 137, stdout: '', stderr: '' }
  expect(await nodes.endProcesses()).toEqual(['node1', 'node2'])
  first.current = 'cut'
  second.current = 'stopped'
  expect(await nodes.endProcesses()).toEqual(['node1'])
  nodes.leave()
})

test('a session without nodes removes nothing', async () => {
  const { nodes, topologies } = open()
  await nodes.remove()
  await nodes.discard()
  expect(topologies.log).toEqual([])
})
