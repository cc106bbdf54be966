import { describe, expect, test } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import { FakeNode } from '../fake-node.test-kit'
import { matches } from '../matchers'
import { type Check, CheckFile, inspect, matchersOf, toCheck } from '.'

const { signal } = new AbortController()
const check = (file: object, on = 'node1') => toCheck(CheckFile.parse({ name: 'A check', ...file }), on)
const look = async (file: object, node: FakeNode) => await inspect(check(file), node, signal)
const value = (found: unknown) => ({ kind: 'value', value: found })

/** Every kind, in its short form and with all of its keys. */
const COMMON = { name: 'A check', on: 'node1', within: 5_000, explain: null, guard: false, points: 1 }
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
  expect(check(file)).toEqual({ ...COMMON, ...expected })
})

test('the keys that every check has are kept', () => {
  const keys = { within: '2m', explain: 'No.', guard: true, points: 7 }
  expect(check({ exec: 'true', ...keys }, 'worker1')).toMatchObject({
    on: 'worker1',
    within: 120_000,
    explain: 'No.',
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
  expect(matchersOf(check(file))).toEqual(matchers)
})

describe('query', () => {
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
    expect((await select(undefined, missing))[0]?.found).toEqual({ kind: 'absent', message: missing.message })
    expect((await select(undefined, refusal))[0]?.found).toEqual({ kind: 'error', message: refusal.message })
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
})

describe('exec', () => {
  test('runs a bash script in the node, with limits', async () => {
    const node = new FakeNode({})
    await look({ exec: 'ls /root' }, node)
    expect(node.commands).toEqual([
      { cmd: ['bash', '-c', 'ls /root'], options: { limitMs: 5_000, maxBytes: 256 * 1024, signal } },
    ])
  })

  test.each<[object, readonly string[], string | undefined]>([
    [{ run: 'id', shell: 'sh' }, ['sh', '-c', 'id'], undefined],
    [{ run: 'id', user: 'nobody' }, ['bash', '-c', 'id'], 'nobody'],
    [{ run: 'id', in: 'web' }, ['docker', 'exec', 'web', 'sh', '-c', 'id'], undefined],
    [
      { run: 'id', in: 'web', user: 'nobody' },
      ['docker', 'exec', '--user', 'nobody', 'web', 'sh', '-c', 'id'],
      undefined,
    ],
  ])('%j', async (exec, cmd, user) => {
    const node = new FakeNode({})
    await look({ exec }, node)
    expect(node.commands[0]?.cmd).toEqual(cmd)
    expect(node.commands[0]?.options.user).toBe(user)
  })

  const parts = async (result: object, expected?: object | string) => {
    const node = new FakeNode({ exec: () => result })
    return await look({ exec: 'x', ...(expected !== undefined && { expect: expected }) }, node)
  }

  test('wants exit code 0 and nothing else by default', async () => {
    expect(await parts({ stdout: 'a' })).toEqual([{ name: 'exit code', found: value(0), expect: 0 }])
  })

  test('looks at the trimmed output when it is asked for', async () => {
    expect(await parts({ stdout: ' a\n', stderr: 'b\n' }, { stdout: 'a', stderr: 'b' })).toEqual([
      { name: 'exit code', found: value(0), expect: 0 },
      { name: '', found: value('a'), expect: 'a' },
      { name: 'stderr', found: value('b'), expect: 'b' },
    ])
  })

  test.each<[string, object, unknown]>([
    [
      'its last words on stderr',
      { exitCode: 1, stderr: 'warning\nNo such image\n', stdout: 'x' },
      'No such image',
    ],
    ['its last words on stdout', { exitCode: 1, stdout: 'a\nnot found\n' }, 'not found'],
  ])('a script that fails is explained by %s', async (_name, result, message) => {
    expect((await parts(result))[0]?.found).toEqual({ kind: 'error', message })
  })

  test('a script that fails without a word is explained by its exit code', async () => {
    expect((await parts({ exitCode: 7 }))[0]?.found).toEqual(value(7))
  })

  test('an exit code that is asked for is compared, whatever the script says', async () => {
    expect(await parts({ exitCode: 1, stderr: 'No such image' }, { exit: 1 })).toEqual([
      { name: 'exit code', found: value(1), expect: 1 },
    ])
  })

  test('a script that is stopped at its limit is thrown', async () => {
    const late = new CapstanError('engine-timeout', 'The command took longer than 5 s.')
    await expect(parts(late)).rejects.toBe(late)
  })
})

describe('http', () => {
  const answer = (body: string, status: number, headers: object = {}) => ({
    stdout: `${body}\n--capstan--${status}\n${JSON.stringify(headers)}`,
  })
  const parts = async (result: object, expected?: object | string) => {
    const node = new FakeNode({ exec: () => result })
    return await look({ http: 'http://localhost', ...(expected !== undefined && { expect: expected }) }, node)
  }

  test('asks with curl, whose own limit is shorter than ours', async () => {
    const node = new FakeNode({ exec: () => answer('', 200) })
    await look({ http: { url: 'http://db/-x', method: 'PUT', headers: { A: 'b', C: 'd' } } }, node)
    const [{ cmd, options } = expect.fail()] = node.commands
    expect(cmd.slice(0, 11)).toEqual([
      'curl',
      '--silent',
      '--show-error',
      '--max-time',
      '3',
      '--request',
      'PUT',
      '--header',
      'A: b',
      '--header',
      'C: d',
    ])
    // An address can never be taken for an option.
    expect(cmd.slice(-2)).toEqual(['--', 'http://db/-x'])
    expect(options).toEqual({ limitMs: 5_000, maxBytes: 256 * 1024, signal })
  })

  test("uses a container's network with the node's own curl", async () => {
    const node = new FakeNode({ exec: () => answer('', 200) })
    await look({ http: { url: 'http://db', in: 'web; rm -rf /' } }, node)
    const [{ cmd } = expect.fail()] = node.commands
    expect(cmd[2]).toContain('nsenter --net')
    expect(cmd[2]).not.toContain('rm -rf')
    expect(cmd.slice(3, 6)).toEqual(['sh', 'web; rm -rf /', 'curl'])
  })

  test('wants a 2xx status and nothing else by default', async () => {
    expect(await parts(answer('Welcome', 200))).toEqual([
      { name: 'status', found: value(200), expect: '/^2/' },
    ])
  })

  test('looks at status, body and headers', async () => {
    const expected = {
      status: 301,
      body: 'moved\n',
      headers: { Location: '/a/', 'X-None': { absent: true } },
    }
    expect(await parts(answer('moved\n', 301, { location: ['/a', '/b'] }), expected)).toEqual([
      { name: 'status', found: value(301), expect: 301 },
      { name: '', found: value('moved\n'), expect: 'moved\n' },
      { name: 'header Location:', found: value('/a, /b'), expect: '/a/' },
      { name: 'header X-None:', found: value(null), expect: { absent: true } },
    ])
  })

  test('a body that contains our mark is still told apart from the figures', async () => {
    const [, body] = await parts(answer('a\n--capstan--500\n{}', 200), { body: 'x' })
    expect(body?.found).toEqual(value('a\n--capstan--500\n{}'))
  })

  test.each<[object | undefined, unknown]>([
    [undefined, '/^2/'],
    [{ status: 404 }, 404],
    [{ body: 'a' }, 'a'],
    [{ error: '/refused/' }, { error: '/refused/' }],
  ])('no answer is an error; with %j it is compared with %j', async (expected, wanted) => {
    const result = { exitCode: 7, stderr: 'curl: (7) Failed to connect: Connection refused\n' }
    expect(await parts(result, expected)).toEqual([
      {
        name: '',
        found: { kind: 'error', message: 'Failed to connect: Connection refused' },
        expect: wanted,
      },
    ])
  })

  test('a curl that fails without a word is an error, too', async () => {
    expect((await parts({ exitCode: 28 }))[0]?.found).toEqual({ kind: 'error', message: 'no answer' })
  })

  test('an answer where an error is expected is shown by its status', async () => {
    expect(await parts(answer('Welcome', 200), { error: '/refused/' })).toEqual([
      { name: 'status', found: value(200), expect: { error: '/refused/' } },
    ])
  })

  test('an answer that is cut off because it is too large is an error in plain words', async () => {
    expect(await parts({ stdout: 'x'.repeat(256 * 1024) }, { body: { contains: 'x' } })).toEqual([
      {
        name: '',
        found: { kind: 'error', message: 'the answer is larger than 256 KiB' },
        expect: { contains: 'x' },
      },
    ])
  })
})

describe('file', () => {
  const parts = async (result: object, expected: object | string) =>
    await look({ file: '/a', expect: expected }, new FakeNode({ exec: () => result }))
  const there = { stdout: 'regular file|644|root|3\nb c\n' }

  test('asks in the node or in a container, with limits', async () => {
    const node = new FakeNode({ exec: () => there })
    await look({ file: '/a', expect: 'b' }, node)
    await look({ file: { path: '/a', in: 'web' }, expect: 'b' }, node)
    expect(node.commands[0]?.cmd.slice(0, 2)).toEqual(['sh', '-c'])
    expect(node.commands[0]?.cmd.slice(3)).toEqual(['sh', '/a'])
    expect(node.commands[0]?.options).toEqual({ limitMs: 5_000, maxBytes: 512 * 1024, signal })
    expect(node.commands[1]?.cmd.slice(0, 3)).toEqual(['docker', 'exec', 'web'])
  })

  test('looks at the parts that are asked for', async () => {
    const expected = { content: 'b c', mode: '0644', owner: 'root', type: 'file', size: 3 }
    expect(await parts(there, expected)).toEqual([
      { name: '', found: value('b c'), expect: 'b c' },
      { name: 'mode', found: value('0644'), expect: '0644' },
      { name: 'owner', found: value('root'), expect: 'root' },
      { name: 'type', found: value('file'), expect: 'file' },
      { name: 'size', found: value(3), expect: 3 },
    ])
  })

  test.each([
    ['regular file', 'file'],
    ['regular empty file', 'file'],
    ['directory', 'directory'],
    ['symbolic link', 'symlink'],
  ])('the type of a %s is %s', async (words, type) => {
    expect((await parts({ stdout: `${words}|755|root|0\n` }, { type: 'x' }))[0]?.found).toEqual(value(type))
  })

  test('only the last line end of the content is left out', async () => {
    const [part] = await parts({ stdout: 'regular file|4755|root|4\n\na|b\n\n' }, { content: 'x' })
    expect(part?.found).toEqual(value('\na|b\n'))
  })

  test.each<[object | string, unknown]>([
    ['b', 'b'],
    [{ mode: '0644', content: 'b' }, 'b'],
    [{ absent: true }, { absent: true }],
    [{}, { absent: false }],
  ])('a file that is not there is absent; %j is compared as %j', async (expected, wanted) => {
    expect(await parts({ exitCode: 44 }, expected)).toEqual([
      { name: '', found: { kind: 'absent', message: '/a does not exist' }, expect: wanted },
    ])
  })

  test.each([true, false])(
    'whether there is a file can be all that is asked for: absent: %s',
    async (absent) => {
      expect(await parts(there, { absent })).toEqual([
        { name: '/a', found: value('there'), expect: { absent } },
      ])
    },
  )

  test.each<[object | string, unknown]>([
    ['b', 'b'],
    [{ absent: true }, { absent: true }],
    [{ absent: false }, { absent: false }],
    [{}, { absent: false }],
  ])('a container that is not there is an error, and never green: %j', async (expected, wanted) => {
    const [part = expect.fail()] = await parts({ exitCode: 1, stderr: 'No such container: web\n' }, expected)
    expect(part).toEqual({
      name: '',
      found: { kind: 'error', message: 'No such container: web' },
      expect: wanted,
    })
    expect(matches(part.expect, part.found)).toBe(false)
  })
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
