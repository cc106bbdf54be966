import { expect, test } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import { FakeNode, look, signal, value } from '../fake-node.test-kit'
import type { Found } from '../matchers'

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
  expect(await parts({ stdout: 'a' })).toEqual([{ name: 'exit code', found: value(0), expect: 0, words: '' }])
})

test('looks at the trimmed output when it is asked for', async () => {
  expect(await parts({ stdout: ' a\n', stderr: 'b\n' }, { stdout: 'a', stderr: 'b' })).toEqual([
    { name: 'exit code', found: value(0), expect: 0, words: '' },
    { name: '', found: value('a'), expect: 'a' },
    { name: 'stderr', found: value('b'), expect: 'b' },
  ])
})

test.each<[string, object, Found]>([
  [
    'what a program complains of is an error',
    { exitCode: 1, stderr: 'warning\nbad input\n', stdout: 'x' },
    { kind: 'error', message: 'bad input' },
  ],
  [
    'what it prints itself is its finding',
    { exitCode: 1, stdout: 'a\nred has no address\n' },
    value('red has no address'),
  ],
  ['its exit code says nothing to a student', { exitCode: 7 }, { kind: 'error', message: '' }],
])('of a script that fails, %s', async (_name, result, found) => {
  expect(await parts(result)).toEqual([{ name: '', found, expect: 0, words: '' }])
})

test('a thing that a program misses is named, whatever the script makes of it', async () => {
  const missing = 'There is no service called web'
  const stderr = 'no such service: web\n'
  expect((await parts({ exitCode: 1, stderr }))[0]?.found).toMatchObject({ kind: 'error', missing })
  expect((await parts({ stdout: '0', stderr }, '3'))[1]?.found).toEqual({ ...value('0'), missing })
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
