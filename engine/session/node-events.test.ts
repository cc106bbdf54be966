import { expect, test, vi } from 'vitest'
import { FakeNode } from './fakes.test-kit'
import { watchNode } from './node-events'

const RETRY_MS = 1

test.each([
  ['create', ['created']],
  ['start', ['change']],
  ['die', ['change']],
  ['destroy', ['change']],
  ['exec_create: sh', []],
  ['exec_start: sh', []],
  ['archive-path', []],
  ['top', []],
])('the event "%s" is reported as %j', (action, changes) => {
  const node = new FakeNode('node1')
  const onChange = vi.fn()
  const stop = watchNode(node, onChange, RETRY_MS)
  node.event(action)
  expect(onChange.mock.calls.flat()).toEqual(changes)
  stop()
})

test('a stream that has ended is opened again, and what was missed counts as a change', async () => {
  const node = new FakeNode('node1')
  const onChange = vi.fn()
  const stop = watchNode(node, onChange, RETRY_MS)
  node.watches[0]?.onEnd()
  await vi.waitUntil(() => node.watches.length === 2)
  expect(onChange).toHaveBeenCalledOnce()
  stop()
})

test('a node that is off is asked again until it is back', async () => {
  const node = new FakeNode('node1')
  node.current = 'stopped'
  const onChange = vi.fn()
  const stop = watchNode(node, onChange, RETRY_MS)
  await vi.waitUntil(() => onChange.mock.calls.length >= 2)
  expect(node.watches).toEqual([])
  node.current = 'running'
  await vi.waitUntil(() => node.watches.length === 1)
  stop()
})

test.each([0, 60_000])(
  'after the end of the watch nothing is reported, with a pause of %i ms',
  async (retryMs) => {
    const node = new FakeNode('node1')
    const onChange = vi.fn()
    const stop = watchNode(node, onChange, retryMs)
    const [watch] = node.watches
    stop()
    expect(watch?.signal?.aborted).toBe(true)
    watch?.onEnd()
    await new Promise((resolve) => setImmediate(resolve))
    expect(onChange).not.toHaveBeenCalled()
    expect(node.watches).toHaveLength(1)
  },
)

test('a watch that ends during the pause opens no new stream', async () => {
  const node = new FakeNode('node1')
  const onChange = vi.fn()
  const stop = watchNode(node, onChange, 60_000)
  node.watches[0]?.onEnd()
  await new Promise((resolve) => setImmediate(resolve))
  stop()
  await new Promise((resolve) => setImmediate(resolve))
  expect(node.watches).toHaveLength(1)
  expect(onChange).not.toHaveBeenCalled()
})
