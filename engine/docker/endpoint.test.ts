import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCapstanError } from '../../shared/errors'
import { connectOptions, type Endpoint, endpointText, parseEndpoint } from './endpoint'

const examples: [string, string | null, Endpoint][] = [
  ['unix:///var/run/docker.sock', null, { kind: 'socket', path: '/var/run/docker.sock' }],
  ['npipe:////./pipe/docker_engine', null, { kind: 'socket', path: '//./pipe/docker_engine' }],
  ['tcp://engine:1234', null, { kind: 'tcp', host: 'engine', port: 1234, tlsDirectory: null }],
  ['tcp://engine', null, { kind: 'tcp', host: 'engine', port: 2375, tlsDirectory: null }],
  ['tcp://engine', '/certs', { kind: 'tcp', host: 'engine', port: 2376, tlsDirectory: '/certs' }],
  ['tcp://[::1]:2375', null, { kind: 'tcp', host: '[::1]', port: 2375, tlsDirectory: null }],
  ['ssh://ada@engine', null, { kind: 'ssh', host: 'engine', port: null, user: 'ada' }],
  ['ssh://engine:2222', null, { kind: 'ssh', host: 'engine', port: 2222, user: null }],
]

test.each(examples)('%s with TLS files in %s', (text, tlsDirectory, endpoint) => {
  expect(parseEndpoint(text, tlsDirectory)).toEqual(endpoint)
})

test.each(['', 'docker.sock', '/var/run/docker.sock', 'unix://', 'tcp://', 'ftp://engine', 'ssh://'])(
  'refuses %j and names the forms',
  (text) => {
    expect(() => parseEndpoint(text)).toThrow(
      expect.objectContaining({ code: 'bad-input', help: expect.stringContaining('unix:///') }),
    )
  },
)

test('an endpoint written out is the same endpoint when read again', () => {
  const host = fc.domain().map((name) => name.toLowerCase())
  const port = fc.integer({ min: 1, max: 65_535 })
  const path = fc.stringMatching(/^(\/[a-z0-9._-]{1,8}){1,4}$/)
  const user = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/)
  const orNull = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constant(null))
  const endpoint = fc.oneof<fc.Arbitrary<Endpoint>[]>(
    fc.record({ kind: fc.constant('socket' as const), path }),
    fc.record({ kind: fc.constant('tcp' as const), host, port, tlsDirectory: fc.constant(null) }),
    fc.record({ kind: fc.constant('ssh' as const), host, port: orNull(port), user: orNull(user) }),
  )
  fc.assert(
    fc.property(endpoint, (value) => {
      expect(parseEndpoint(endpointText(value))).toEqual(value)
    }),
  )
})

test('any text is either read or refused with help', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
      try {
        parseEndpoint(text)
      } catch (error) {
        expect(isCapstanError(error, 'bad-input')).toBe(true)
      }
    }),
  )
})

const tcp = (tlsDirectory: string) => ({ kind: 'tcp', host: 'engine', port: 2376, tlsDirectory }) as const

test('TLS files are read from the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'capstan-tls-'))
  try {
    for (const name of ['ca.pem', 'cert.pem', 'key.pem']) writeFileSync(join(folder, name), name)
    const options = connectOptions(tcp(folder))
    expect(options).toMatchObject({ protocol: 'https', host: 'engine', port: 2376 })
    expect(options.ca?.toString()).toBe('ca.pem')
    expect(options.key?.toString()).toBe('key.pem')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a folder without TLS files is an error that says what belongs there', () => {
  expect(() => connectOptions(tcp('/nowhere'))).toThrow(
    expect.objectContaining({ code: 'bad-input', help: expect.stringContaining('cert.pem') }),
  )
})

test('a Docker context has those TLS files that are there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'capstan-tls-'))
  try {
    writeFileSync(join(folder, 'ca.pem'), 'authority')
    const { agent, ...options } = connectOptions({ ...tcp(folder), contextTls: { skipVerify: false } })
    expect(options).toEqual({ protocol: 'https', host: 'engine', port: 2376 })
    expect(agent?.options).toMatchObject({ rejectUnauthorized: true })
    expect(agent?.options.ca?.toString()).toBe('authority')
    expect(agent?.options).not.toHaveProperty('cert')
  } finally {
    rmSync(folder, { recursive: true })
  }
  const unverified = connectOptions({ ...tcp('/nowhere'), contextTls: { skipVerify: true } })
  expect(unverified.agent?.options).toMatchObject({ rejectUnauthorized: false })
})
