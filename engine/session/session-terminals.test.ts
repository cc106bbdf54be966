import { expect, test, vi } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { FakeNode } from './fakes.test-kit'
import { Gate } from './gate'
import { SessionTerminals } from './session-terminals'

const size = { cols: 80, rows: 24 }

function terminals() {
  const onPrompt = vi.fn()
  const onChange = vi.fn()
  const gate = new Gate()
  return { gate, onPrompt, onChange, open: new SessionTerminals(gate, { onPrompt, onChange }) }
}

test('an opened terminal is listed and announced', async () => {
  const { open, onChange } = terminals()
  const terminal = await open.open(new FakeNode('node1'), size)
  expect(open.list()).toEqual([terminal])
  expect(terminal).toMatchObject({ node: 'node1', title: 'node1', exitCode: null })
  expect(onChange).toHaveBeenCalledOnce()
})

test('each return of a prompt is reported', async () => {
  const { open, onPrompt } = terminals()
  const node = new FakeNode('node1')
  await open.open(node, size)
  await open.open(node, size)
  node.ttys[0]?.print('\u001b]133;A\u0007# ')
  node.ttys[1]?.print('\u001b]133;A\u0007# ')
  await expect.poll(() => onPrompt.mock.calls.length).toBe(2)
})

test('a shell that ends by itself stays in the list, with its exit code', async () => {
  const { open, onChange } = terminals()
  const node = new FakeNode('node1')
  const terminal = await open.open(node, size)
  onChange.mockClear()
  node.ttys[0]?.end(7)
  await vi.waitUntil(() => onChange.mock.calls.length > 0)
  expect(open.list()).toEqual([terminal])
  expect(terminal.exitCode).toBe(7)
  await open.closeAll()
})

test('a closed terminal leaves the list and ends its shell', async () => {
  const { open, onChange } = terminals()
  const node = new FakeNode('node1')
  const terminal = await open.open(node, size)
  onChange.mockClear()
  await open.close(terminal.id)
  expect(open.list()).toEqual([])
  expect(onChange).toHaveBeenCalled()
  expect(node.calls).toEqual([expect.stringContaining(`/run/capstan/terminals/${terminal.id}`)])
  await expect(open.close(terminal.id)).rejects.toMatchObject({ code: 'not-found' })
})

test('the terminals of one node are closed, and those of others are not', async () => {
  const { open } = terminals()
  await open.open(new FakeNode('node1'), size)
  const other = await open.open(new FakeNode('node2'), size)
  await open.open(new FakeNode('node1'), size)
  await open.closeAllOf('node1')
  expect(open.list()).toEqual([other])
})

test('all terminals leave the list at once, also when their node does not answer any more', async () => {
  const { open } = terminals()
  const node = new FakeNode('node1')
  vi.spyOn(node, 'exec').mockRejectedValue(new Error('the node has stopped'))
  const opened = [await open.open(node, size), await open.open(node, size)]
  const closing = open.closeAll()
  expect(open.list()).toEqual([])
  await closing
  expect(opened.map(({ exitCode }) => exitCode)).not.toContain(null)
})

test('the scrollback of a terminal is the one that was asked for', async () => {
  const { open } = terminals()
  const node = new FakeNode('node1')
  const terminal = await open.open(node, { ...size, scrollback: 5 })
  const lines = Array.from({ length: 200 }, (_, line) => `line ${line}\r\n`)
  node.ttys[0]?.print(lines.join(''))
  const isThere = async () => (await terminal.lastLines(1)).includes('line 199')
  await vi.waitUntil(isThere, { timeout: 10_000 })
  // 23 lines on the screen above the cursor's, and 5 above them.
  expect(await terminal.lastLines(1_000)).toHaveLength(28)
})

test('when the gate is shut, the terminals close, and none opens', async () => {
  const { gate, open } = terminals()
  const node = new FakeNode('node1')
  const terminal = await open.open(node, size)
  gate.shut()
  expect(open.list()).toEqual([])
  await expect(open.open(node, size)).rejects.toMatchObject({ code: 'session-state' })
  expect(node.ttys).toHaveLength(1)
  node.ttys[0]?.stream.destroy()
  await terminal.exited
})

test('a terminal that was still opening when the gate was shut is closed, and nobody gets it', async () => {
  const { gate, open } = terminals()
  const node = new FakeNode('node1')
  const opening = open.open(node, size)
  gate.shut()
  await expect(opening).rejects.toMatchObject({ code: 'session-state' })
  expect(open.list()).toEqual([])
  expect(node.calls.some((call) => call.startsWith('exec bash'))).toBe(true)
})

test('a shell that has ended gets a new one in its terminal, once, and what was printed stays', async () => {
  const { open, onChange } = terminals()
  const node = new FakeNode('node1')
  const terminal = await open.open(node, size)
  node.ttys[0]?.print('before\r\n')
  node.ttys[0]?.end(1)
  await terminal.exited
  onChange.mockClear()
  await Promise.all([open.renew(node, terminal), open.renew(node, terminal)])
  expect(node.ttys).toHaveLength(2)
  expect(terminal.exitCode).toBeNull()
  expect(onChange).toHaveBeenCalled()
  node.ttys[1]?.print('after')
  await expect.poll(() => terminal.lastLines(9)).toEqual(['before', '[a new shell]', 'after'])
  node.ttys[1]?.end(2)
  await expect.poll(() => terminal.exitCode).toBe(2)
  await open.closeAll()
})

test('terminals outlive a stop of their node, and go on when it runs again', async () => {
  const { open } = terminals()
  const [node, other] = [new FakeNode('node1'), new FakeNode('node2')]
  const [first, second, away] = [
    await open.open(node, size),
    await open.open(node, size),
    await open.open(other, size),
  ]
  await open.hangUpAllOf('node1')
  expect(open.list()).toEqual([first, second, away])
  expect(away?.exitCode).toBeNull()
  expect([first?.exitCode, second?.exitCode]).not.toContain(null)
  node.calls.length = 0
  await open.renewAllOf(node)
  expect(node.calls[0]).toBe('ready')
  expect([first?.exitCode, second?.exitCode]).toEqual([null, null])
  expect(other.ttys).toHaveLength(1)
  await open.closeAll()
})

test('a report that a node has stopped ends no shell when the node runs', async () => {
  const { open } = terminals()
  const node = new FakeNode('node1')
  const terminal = await open.open(node, size)
  await open.hangUpUnlessOn(node)
  expect(terminal.exitCode).toBeNull()
  node.current = 'stopped'
  await open.hangUpUnlessOn(node)
  expect(terminal.exitCode).not.toBeNull()
  await open.closeAll()
})

test('a node that is off is named by its name, not by its container', async () => {
  const { open } = terminals()
  const node = new FakeNode('node1')
  node.current = 'stopped'
  const refused = new CapstanError('engine-refused', 'Container 3cf7857104ed is not running')
  vi.spyOn(node.outer.execs, 'openTty').mockRejectedValue(refused)
  await expect(open.open(node, size)).rejects.toMatchObject({
    code: 'node-gone',
    message: 'The node node1 is off.',
  })
})

test('a terminal that is closed while its new shell starts has none, and the shell ends', async () => {
  const { open } = terminals()
  const node = new FakeNode('node1')
  const terminal = await open.open(node, size)
  await terminal.hangUp()
  const renewal = open.renew(node, terminal)
  await open.close(terminal.id)
  node.calls.length = 0
  await renewal
  expect(terminal.exitCode).not.toBeNull()
  expect(node.calls).toEqual([expect.stringContaining(`/run/capstan/terminals/${terminal.id}`)])
})
