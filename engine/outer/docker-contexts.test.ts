import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isCapstanError } from '../../shared/errors'
import { chosenContext, dockerConfigFolder, readContext } from './docker-contexts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-contexts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const idOf = (name: string) => createHash('sha256').update(name).digest('hex')
const config = (text: string) => writeFileSync(join(folder, 'config.json'), text)

/** Writes the file that describes a context. */
function meta(name: string, content: unknown): string {
  const directory = join(folder, 'contexts/meta', idOf(name))
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'meta.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const context = (name: string, docker: object) =>
  meta(name, { Name: name, Metadata: {}, Endpoints: { docker } })

/** The folder for TLS files of a context. */
function tlsOf(name: string): string {
  const directory = join(folder, 'contexts/tls', idOf(name), 'docker')
  mkdirSync(directory, { recursive: true })
  return directory
}

test('the folder is that of DOCKER_CONFIG, or .docker of the user', () => {
  expect(dockerConfigFolder({ DOCKER_CONFIG: '/mine' }, '/home/ada')).toBe('/mine')
  expect(dockerConfigFolder({ DOCKER_CONFIG: '' }, '/home/ada')).toBe('/home/ada/.docker')
})

describe('the chosen context', () => {
  test.each<[string | null, string | undefined, unknown]>([
    [null, undefined, null],
    ['{}', undefined, null],
    ['{"currentContext":""}', undefined, null],
    ['{"currentContext":"default"}', undefined, null],
    ['{"auths":{},"currentContext":"colima"}', undefined, { name: 'colima', source: 'config' }],
    ['{"currentContext":"colima"}', 'far', { name: 'far', source: 'environment' }],
    ['{"currentContext":"colima"}', 'default', null],
    ['{"currentContext":"colima"}', '', { name: 'colima', source: 'config' }],
  ])('of config.json %s and DOCKER_CONTEXT %s is %j', (text, named, chosen) => {
    if (text !== null) config(text)
    expect(chosenContext({ DOCKER_CONTEXT: named }, folder)).toEqual(chosen)
  })

  test.each([
    '',
    'not json',
    '[]',
    'null',
    '{"currentContext":7}',
    `{"currentContext":"${'x'.repeat(300)}"}`,
  ])('of %j is an error that names the file, and shows nothing of it', (text) => {
    config(text)
    expect(() => chosenContext({}, folder)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining(join(folder, 'config.json')),
      }),
    )
  })

  test('of a file that is too large, nested too deep or no file is an error', () => {
    config(`{"a":"${'x'.repeat(1024 * 1024)}"}`)
    expect(() => chosenContext({}, folder)).toThrow('larger than 1024 KiB')
    config('['.repeat(500_000))
    expect(() => chosenContext({}, folder)).toThrow('cannot be used')
    rmSync(join(folder, 'config.json'))
    execFileSync('mkfifo', [join(folder, 'config.json')])
    expect(() => chosenContext({}, folder)).toThrow('is not a file')
  })

  test('a password in a broken file is not told', () => {
    config('{"auths":{"x":{"auth":"c2VjcmV0"}},}')
    expect(() => chosenContext({}, folder)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('c2VjcmV0') }),
    )
  })
})

describe('a context', () => {
  test.each([
    [
      'unix:///home/ada/.colima/default/docker.sock',
      { kind: 'socket', path: '/home/ada/.colima/default/docker.sock' },
    ],
    [
      'npipe:////./pipe/dockerDesktopLinuxEngine',
      { kind: 'socket', path: '//./pipe/dockerDesktopLinuxEngine' },
    ],
    ['tcp://far:2375', { kind: 'tcp', host: 'far', port: 2375, tlsDirectory: null }],
    ['ssh://ada@far', { kind: 'ssh', host: 'far', port: null, user: 'ada' }],
  ])('at %s', (Host, endpoint) => {
    context('one', { Host, SkipTLSVerify: false })
    expect(readContext('one', folder)).toEqual(endpoint)
  })

  test('with TLS files, of which each may be missing', () => {
    context('far', { Host: 'tcp://far' })
    const tlsDirectory = tlsOf('far')
    expect(readContext('far', folder)).toEqual({
      kind: 'tcp',
      host: 'far',
      port: 2376,
      tlsDirectory,
      contextTls: { skipVerify: false },
    })
  })

  test('that leaves its engine unverified does so without TLS files too', () => {
    context('far', { Host: 'tcp://far', SkipTLSVerify: true })
    expect(readContext('far', folder)).toMatchObject({ port: 2376, contextTls: { skipVerify: true } })
  })

  test('that is unknown, or whose name leads elsewhere, is not found', () => {
    for (const name of ['unknown', '../../etc', '', 'a/b', '-x'])
      expect(() => readContext(name, folder)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  test.each([
    ['not JSON', '{'],
    ['without an engine', { Name: 'one', Endpoints: {} }],
    ['without an address', { Name: 'one', Endpoints: { docker: { Host: '' } } }],
    ['with an address of another kind', { Name: 'one', Endpoints: { docker: { Host: 'ftp://far' } } }],
    ['of another name', { Name: 'two', Endpoints: { docker: { Host: 'tcp://far' } } }],
    ['that is too large', { Name: 'one', more: 'x'.repeat(70_000) }],
  ])('%s is an error that names its file', (_what, content) => {
    const path = meta('one', content)
    expect(() => readContext('one', folder)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(path) }),
    )
  })

  test('of any content is read or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        meta('one', text)
        try {
          readContext('one', folder)
        } catch (error) {
          expect(isCapstanError(error, 'bad-input')).toBe(true)
        }
      }),
    )
  })
})
