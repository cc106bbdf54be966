import { expect, test } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import { FakeNode, look, value } from '../fake-node.test-kit'

const select = (selection: string | undefined, answer: unknown) => {
  const node = new FakeNode({ get: () => answer })
  return look({ query: { api: '/nodes', ...(selection && { select: selection }) }, expect: 3 }, node)
}

test('asks the engine for the path, with a limit', async () => {
  const node = new FakeNode({ get: () => [] })
  await look({ query: { api: '/nodes', select: 'length(@)' }, expect: 3 }, node)
  expect(node.paths).toEqual([{ path: '/nodes', limitMs: 5_000 }])
})

test.each<[string | undefined, unknown, unknown]>([
  [undefined, [1, 2], [1, 2]],
  ['length(@)', [1, 2], 2],
  ['[0].Name', [{ Name: 'a' }], 'a'],
  ['Missing', { Name: 'a' }, null],
  ['Ports."80/tcp"[0].HostIp', { Ports: { '80/tcp': [{ HostIp: '127.0.0.1' }] } }, '127.0.0.1'],
])('selects %j', async (selection, answer, found) => {
  expect(await select(selection, answer)).toEqual([{ name: '', found: value(found), expect: 3 }])
})

test('a thing that is not there is absent, and a refusal is an error with its words', async () => {
  const missing = new CapstanError('not-found', 'No such container: web')
  const refusal = new CapstanError('engine-refused', 'This node is not a swarm manager.')
  expect((await select(undefined, missing))[0]?.found).toEqual({
    kind: 'absent',
    message: missing.message,
    missing: 'There is no container called web',
  })
  expect((await select(undefined, refusal))[0]?.found).toEqual({
    kind: 'error',
    message: refusal.message,
    missing: 'node1 does not manage a swarm',
  })
})

test('a node that is gone and an engine that is silent are thrown', async () => {
  const gone = new CapstanError('node-gone', 'The node node1 has stopped.')
  const silent = new CapstanError('engine-timeout', 'No answer within 5 s.')
  await expect(select(undefined, gone)).rejects.toBe(gone)
  await expect(select(undefined, silent)).rejects.toBe(silent)
})

test('a selection that does not compile or does not fit is thrown', async () => {
  await expect(select('a..b', {})).rejects.toThrow()
  await expect(select('length(@)', 5)).rejects.toThrow(/length/)
})

test('a selection that would need too much work is thrown, with its way out', async () => {
  const doubled = Array(30).fill('[@, @]').join(' | ')
  await expect(select(doubled, [1])).rejects.toMatchObject({
    code: 'bad-input',
    help: expect.stringContaining('Select less'),
  })
})
