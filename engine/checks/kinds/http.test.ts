import { expect, test } from 'vitest'
import { setTimeFactor } from '../../../shared/time-limits'
import { FakeNode, look, signal, value } from '../fake-node.test-kit'

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
    { name: 'status', found: value(200), expect: '/^2/', words: 'an answer with a status of success' },
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
  expect(await parts(result, expected)).toMatchObject([
    {
      name: '',
      found: {
        kind: 'error',
        message: 'Failed to connect: Connection refused',
        missing: 'Nothing answers at http://localhost',
      },
      expect: wanted,
    },
  ])
})

test('a curl that fails without a word is an error, too', async () => {
  expect((await parts({ exitCode: 28 }))[0]?.found).toMatchObject({ kind: 'error', message: 'no answer' })
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

test('curl gets the time that this machine needs', async () => {
  setTimeFactor('settings', 10)
  const node = new FakeNode({ exec: () => answer('', 200) })
  await look({ http: 'http://web' }, node)
  setTimeFactor('settings', null)
  expect(node.commands[0]?.cmd.slice(3, 5)).toEqual(['--max-time', '30'])
})
