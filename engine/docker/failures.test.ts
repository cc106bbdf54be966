import { expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import {
  MORE_KEYS,
  NoKeysLeft,
  noKeysError,
  noSpaceError,
  refusedError,
  timeoutError,
  toCapstanError,
} from './failures'

const doing = 'creating a container'

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code} /run/docker.sock`), { code })
}

test.each(['ENOENT', 'ECONNREFUSED', 'ENOTFOUND'])('%s at the first call: there is no engine', (code) => {
  expect(toCapstanError(systemError(code), { doing })).toMatchObject({ code: 'no-engine' })
})

test.each(['ENOENT', 'ECONNREFUSED'])('%s later on: the engine has gone', (code) => {
  const error = toCapstanError(systemError(code), { doing, met: true })
  expect(error).toMatchObject({ code: 'engine-gone', help: expect.stringContaining('capstan doctor') })
  expect(error.message).toContain(doing)
})

test.each(['ECONNRESET', 'EPIPE'])('%s after an answer: the engine has gone', (code) => {
  expect(toCapstanError(systemError(code), { doing, met: true })).toMatchObject({ code: 'engine-gone' })
})

test('an engine that closes the connection at the first call may want TLS', () => {
  const error = toCapstanError(systemError('ECONNRESET'), { doing })
  expect(error).toMatchObject({ code: 'no-engine', help: expect.stringContaining('TLS') })
})

test('a socket that may not be opened says who may', () => {
  const error = toCapstanError(systemError('EACCES'), { doing })
  expect(error).toMatchObject({ code: 'no-engine', help: expect.stringContaining('group "docker"') })
})

test('the error for the engine of a node that is gone is about the node', () => {
  const gone = () => new CapstanError('node-gone', 'The node web has stopped.')
  expect(toCapstanError(systemError('ECONNRESET'), { doing, gone })).toMatchObject({ code: 'node-gone' })
})

test.each([
  [409, 'Conflict. The name is in use', 'engine-refused'],
  [500, 'driver failed', 'engine-refused'],
  [404, 'No such container: web', 'not-found'],
  [500, 'write /x: no space left on device', 'no-space'],
  [500, 'Bind for 0.0.0.0:80 failed: port is already allocated', 'port-in-use'],
])('an answer %i "%s" is %s', (status, message, code) => {
  const error = refusedError(status, Buffer.from(JSON.stringify({ message })), doing)
  expect(error.code).toBe(code)
  if (code !== 'no-space') expect(error).toMatchObject({ status, message })
})

test.each([
  ['words alone', 'page not found\n', 'page not found'],
  ['nothing', '', 'Creating a container failed with the status 500.'],
  ['a message that is no text', '{"message":{"a":1}}', '{"message":{"a":1}}'],
  ['JSON without a message', 'null', 'null'],
  ['very many words', 'x'.repeat(60_000), 'x'.repeat(4_000)],
])('a refusal with %s has a message', (_what, body, message) => {
  expect(refusedError(500, Buffer.from(body), doing)).toMatchObject({ code: 'engine-refused', message })
})

test('an error of ours stays as it is', () => {
  const error = new CapstanError('cancelled', 'Stopped.')
  expect(toCapstanError(error, { doing })).toBe(error)
})

test('any other failure is reported with the work that failed', () => {
  expect(toCapstanError(new Error('boom'), { doing }).message).toBe('Creating a container failed: boom')
})

test('the error of a limit names the limit and the work', () => {
  const { code, message } = timeoutError(doing, 1500)
  expect(code).toBe('engine-timeout')
  expect(message).toContain('1.5 s for creating a container')
})

test('only words about a full disk are about a full disk', () => {
  expect(noSpaceError('no such image', { doing })).toBeNull()
})

test.each([
  ['create', 'unable to join session keyring: unable to create session key: disk quota exceeded: unknown'],
  ['exec', 'OCI runtime exec failed: exec failed: unable to join session keyring: disk quota exceeded'],
])('words about keys that are used up get the way out (%s)', (_what, said) => {
  expect(noKeysError(said, { doing })).toMatchObject({ code: 'engine-refused', help: MORE_KEYS })
  expect(refusedError(500, Buffer.from(said), doing)).toBeInstanceOf(NoKeysLeft)
})

test('the quota of a disk is not about keys', () => {
  const said = 'write /var/lib/docker/x: disk quota exceeded'
  expect(noKeysError(said, { doing })).toBeNull()
  expect(refusedError(500, Buffer.from(said), doing)).not.toBeInstanceOf(NoKeysLeft)
})
