import { expect, test } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import { checkOf, FakeNode, look } from '../fake-node.test-kit'
import { type Check, CheckFile, matchersOf } from '.'

/** Every kind, in its short form and with all of its keys. */
const COMMON = {
  name: 'A check',
  on: 'node1',
  within: 5_000,
  explain: null,
  missing: null,
  expected: null,
  secret: false,
  guard: false,
  points: 1,
}
test.each<[string, file: object, expected: object]>([
  ['query', { query: { api: '/info' }, expect: 1 }, { kind: 'query', api: '/info', select: null, expect: 1 }],
  [
    'query with a selection',
    { query: { api: '/info', select: 'Name' }, expect: { has: { a: 1 } } },
    { kind: 'query', api: '/info', select: 'Name', expect: { has: { a: 1 } } },
  ],
  ['exec', { exec: 'true' }, { kind: 'exec', run: 'true', in: null, user: null, shell: 'bash', expect: {} }],
  [
    'exec with all keys',
    { exec: { run: 'id', in: 'web', user: 'nobody', shell: 'sh' }, expect: { exit: 1, stderr: '/x/' } },
    { kind: 'exec', run: 'id', in: 'web', user: 'nobody', shell: 'sh', expect: { exit: 1, stderr: '/x/' } },
  ],
  [
    'exec with a plain matcher',
    { exec: 'id', expect: '/root/' },
    { kind: 'exec', run: 'id', in: null, user: null, shell: 'bash', expect: { stdout: '/root/' } },
  ],
  [
    'http',
    { http: 'http://localhost' },
    { kind: 'http', url: 'http://localhost', method: 'GET', headers: {}, in: null, expect: {} },
  ],
  [
    'http with all keys',
    {
      http: { url: 'http://db', method: 'POST', headers: { Accept: '*/*' }, in: 'web' },
      expect: { status: 204 },
    },
    {
      kind: 'http',
      url: 'http://db',
      method: 'POST',
      headers: { Accept: '*/*' },
      in: 'web',
      expect: { status: 204 },
    },
  ],
  [
    'http with a plain matcher',
    { http: 'http://localhost', expect: { contains: 'Welcome' } },
    {
      kind: 'http',
      url: 'http://localhost',
      method: 'GET',
      headers: {},
      in: null,
      expect: { body: { contains: 'Welcome' } },
    },
  ],
  [
    'http with an error',
    { http: 'http://localhost', expect: { error: '/refused/' } },
    {
      kind: 'http',
      url: 'http://localhost',
      method: 'GET',
      headers: {},
      in: null,
      expect: { error: '/refused/' },
    },
  ],
  ['file', { file: '/a', expect: 'b' }, { kind: 'file', path: '/a', in: null, expect: { content: 'b' } }],
  [
    'file in a container',
    { file: { path: '/a', in: 'web' }, expect: { mode: '0600', size: '> 0' } },
    { kind: 'file', path: '/a', in: 'web', expect: { mode: '0600', size: '> 0' } },
  ],
  [
    'missing file',
    { file: '/a', expect: { absent: true } },
    { kind: 'file', path: '/a', in: null, expect: { absent: true } },
  ],
  [
    'file with a list',
    { file: '/a', expect: ['b'] },
    { kind: 'file', path: '/a', in: null, expect: { content: ['b'] } },
  ],
])('%s is loaded with its defaults', (_name, file, expected) => {
  expect(checkOf(file)).toEqual({ ...COMMON, ...expected })
})

test('the keys that every check has are kept', () => {
  const words = { explain: 'No.', missing: 'Not yet.', expected: 'yes', secret: true }
  const keys = { within: '2m', ...words, guard: true, points: 7 }
  expect(checkOf({ exec: 'true', ...keys }, 'worker1')).toMatchObject({
    on: 'worker1',
    within: 120_000,
    ...words,
    guard: true,
    points: 7,
  })
})

test.each<[string, object]>([
  ['no kind', { expect: 1 }],
  ['two kinds', { exec: 'true', file: '/a', expect: 'b' }],
  ['an unknown key', { exec: 'true', expcet: 1 }],
  ['a query without an expectation', { query: { api: '/info' } }],
  ['a path of the API without a slash', { query: { api: 'info' }, expect: 1 }],
  ['an empty path of a file', { file: { path: '' }, expect: 1 }],
  ['an unknown shell', { exec: { run: 'true', shell: 'zsh' } }],
  ['a name that is too short', { name: 'ab', exec: 'true' }],
  ['no points', { exec: 'true', points: 0 }],
  ['a node whose name is no host name', { exec: 'true', on: 'Node 1' }],
  ['too much patience', { exec: 'true', within: '10m' }],
])('a check with %s is refused', (_name, file) => {
  expect(CheckFile.safeParse({ name: 'A check', ...file }).success).toBe(false)
})

test.each<[object, unknown[]]>([
  [{ query: { api: '/info' }, expect: 1 }, [1]],
  [{ exec: 'true' }, []],
  [{ exec: 'true', expect: { exit: 0, stdout: 'a', stderr: null } }, [0, 'a', null]],
  [{ http: 'http://a', expect: { status: 200, body: 'a', headers: { x: 'y' } } }, [200, 'a', 'y']],
  [{ http: 'http://a', expect: { error: 'a' } }, ['a']],
  [{ file: '/a', expect: { mode: '0644', size: 0 } }, ['0644', 0]],
  [{ file: '/a', expect: { absent: false } }, []],
])('the matchers of %j are %j', (file, matchers) => {
  expect(matchersOf(checkOf(file))).toEqual(matchers)
})

test('a node that is gone is thrown by every kind of check', async () => {
  const gone = new CapstanError('node-gone', 'The node node1 has stopped.')
  const node = new FakeNode({ get: () => gone, exec: () => gone })
  const files: Readonly<Record<Check['kind'], object>> = {
    query: { query: { api: '/info' }, expect: 1 },
    exec: { exec: 'true' },
    http: { http: 'http://localhost' },
    file: { file: '/a', expect: 'b' },
  }
  for (const file of Object.values(files)) await expect(look(file, node)).rejects.toBe(gone)
})
