import { expect, test } from 'vitest'
import { FakeNode, look, signal, value } from '../fake-node.test-kit'
import { matches } from '../matchers'

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
    {
      name: '',
      found: { kind: 'absent', message: '/a does not exist', missing: 'The file /a does not exist' },
      expect: wanted,
    },
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
    found: {
      kind: 'error',
      message: 'No such container: web',
      missing: 'There is no container called web',
    },
    expect: wanted,
  })
  expect(matches(part.expect, part.found)).toBe(false)
})
