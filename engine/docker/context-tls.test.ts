/** The TLS files of a Docker context, against an engine that speaks TLS. The certificates are made by openssl. */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DockerClient } from './client'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

let folder: string
let server: Server | null = null

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
}

/** Makes NAME.key and NAME.crt, signed by the authority. */
function certificate(name: string): void {
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    'csr',
  )
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1')
  const signer = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'csr', ...signer, '-days', '1', '-out', `${name}.crt`)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-context-tls-'))
  if (!hasOpenssl) return
  const own = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=authority', '-days', '1']
  openssl('req', ...own, '-keyout', 'ca.key', '-out', 'ca.crt')
  certificate('engine')
  certificate('client')
})
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Opens an engine. @returns its port */
async function engine({ wantsClient }: { wantsClient: boolean }): Promise<number> {
  const read = (name: string) => readFileSync(join(folder, name))
  const identity = { cert: read('engine.crt'), key: read('engine.key'), ca: read('ca.crt') }
  const options = { ...identity, requestCert: wantsClient, rejectUnauthorized: wantsClient }
  const answer = { Version: '1.0', ApiVersion: '1.41', Os: 'linux', Arch: 'amd64' }
  const opened = createServer(options, (_request, response) => void response.end(JSON.stringify(answer)))
  server = opened
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  return (opened.address() as AddressInfo).port
}

/** The files of a context. */
function filesOf(name: string, files: Readonly<Record<string, string>>): string {
  const directory = join(folder, name)
  mkdirSync(directory)
  for (const [to, from] of Object.entries(files)) copyFileSync(join(folder, from), join(directory, to))
  return directory
}

async function version(port: number, tlsDirectory: string, skipVerify = false): Promise<string> {
  const place = { kind: 'tcp', host: '127.0.0.1', port } as const
  const client = DockerClient.to({ ...place, tlsDirectory, contextTls: { skipVerify } })
  try {
    return (await client.version()).Version
  } finally {
    client.close()
  }
}

const WHOLE = { 'ca.pem': 'ca.crt', 'cert.pem': 'client.crt', 'key.pem': 'client.key' }

test('an engine that wants to know its clients gets the certificate', async (context) => {
  context.skip(!hasOpenssl, 'without openssl there are no certificates to try')
  const port = await engine({ wantsClient: true })
  expect(await version(port, filesOf('whole', WHOLE))).toBe('1.0')
  await expect(version(port, filesOf('no-client', { 'ca.pem': 'ca.crt' }))).rejects.toThrow()
})

test('an engine is verified by the authority of the context, unless it says not to', async () => {
  const port = await engine({ wantsClient: false })
  expect(await version(port, filesOf('authority', { 'ca.pem': 'ca.crt' }))).toBe('1.0')
  const empty = filesOf('empty', {})
  await expect(version(port, empty)).rejects.toThrow(/certificate/)
  expect(await version(port, empty, true)).toBe('1.0')
})
