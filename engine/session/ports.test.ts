import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeNode } from './fakes.test-kit'
import { PortWatch } from './ports'
import { gate } from './session.test-kit'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const container = (...ports: (number | undefined)[]) => ({
  Ports: ports.map((PublicPort) => ({ PublicPort, Type: 'tcp' })),
})

function watched() {
  const node = new FakeNode('node1')
  const onChange = vi.fn()
  const ports = new PortWatch(onChange)
  const look = async () => {
    ports.lookSoon(node)
    await vi.runAllTimersAsync()
  }
  return { node, onChange, ports, look }
}

test('the TCP ports of containers and services are shown once each, in order', async () => {
  const { node, onChange, ports, look } = watched()
  node.answers['/containers/json'] = [
    container(8080, undefined, 0),
    { Ports: [{ PublicPort: 53, Type: 'udp' }] },
    container(443, 8080),
  ]
  node.answers['/services'] = [
    {
      Endpoint: {
        Ports: [
          { PublishedPort: 80, Protocol: 'tcp' },
          { PublishedPort: 161, Protocol: 'udp' },
        ],
      },
    },
    { Endpoint: {} },
  ]
  await look()
  expect(ports.of('node1')).toEqual([80, 443, 8080])
  expect(ports.of('node2')).toEqual([])
  expect(onChange).toHaveBeenCalledOnce()
})

test('a node that is no manager of a swarm has the ports of its containers', async () => {
  const { node, ports, look } = watched()
  node.answers['/containers/json'] = [container(8080)]
  delete node.answers['/services']
  await look()
  expect(ports.of('node1')).toEqual([8080])
})

test.each([
  ['text', [{ Ports: [{ PublicPort: '80', Type: 'tcp' }] }]],
  ['a fraction', [{ Ports: [{ PublicPort: 80.5, Type: 'tcp' }] }]],
  ['no list', { Ports: [] }],
  ['null in a list', [null]],
  ['a container without ports', [{}]],
])('an answer that has %s where ports should be is no port', async (_what, answer) => {
  const { node, ports, look } = watched()
  node.answers['/containers/json'] = answer
  await look()
  expect(ports.of('node1')).toEqual([])
})

test('ports that there are not are left out, and so are more than a menu can show', async () => {
  const { node, ports, look } = watched()
  node.answers['/containers/json'] = [container(-1, 65_536, 65_535)]
  await look()
  expect(ports.of('node1')).toEqual([65_535])
  node.answers['/containers/json'] = [container(...Array.from({ length: 5_000 }, (_, at) => at + 1))]
  await look()
  expect(ports.of('node1')).toHaveLength(100)
})

test('a burst of events is one look', async () => {
  const { node, ports } = watched()
  const get = vi.spyOn(node.docker, 'get')
  for (let event = 0; event < 10; event++) ports.lookSoon(node)
  await vi.runAllTimersAsync()
  expect(get).toHaveBeenCalledTimes(2)
})

test('nothing is announced when the ports are as before', async () => {
  const { node, onChange, look } = watched()
  node.answers['/containers/json'] = [container(8080)]
  await look()
  await look()
  expect(onChange).toHaveBeenCalledOnce()
})

test('a node that cannot be asked publishes nothing', async () => {
  const { node, ports, look } = watched()
  node.answers['/containers/json'] = [container(8080)]
  await look()
  delete node.answers['/containers/json']
  await look()
  expect(ports.of('node1')).toEqual([])
})

test('forgotten nodes have no ports, and planned looks are dropped', async () => {
  const { node, onChange, ports, look } = watched()
  node.answers['/containers/json'] = [container(8080)]
  await look()
  ports.lookSoon(node)
  ports.forget()
  expect(ports.of('node1')).toEqual([])
  await vi.runAllTimersAsync()
  expect(ports.of('node1')).toEqual([])
  expect(onChange).toHaveBeenCalledOnce()
})

test('an answer that comes after its node was forgotten does not count for the next one of that name', async () => {
  const { node, onChange, ports } = watched()
  const answer = gate()
  vi.spyOn(node.docker, 'get').mockImplementation(async (path) => {
    await answer.opened
    return path === '/services' ? [] : [container(8080)]
  })
  ports.lookSoon(node)
  await vi.runAllTimersAsync()
  ports.forget()
  answer.open()
  await vi.runAllTimersAsync()
  expect(ports.of('node1')).toEqual([])
  expect(onChange).not.toHaveBeenCalled()
})
