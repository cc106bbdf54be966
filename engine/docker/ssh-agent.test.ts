import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setTimeFactor } from '../../shared/time-limits'
import { DockerClient } from './client'
import { sshArguments } from './ssh-agent'

let folder: string
let path: string | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-ssh-'))
  path = process.env.PATH
  process.env.PATH = `${folder}${delimiter}${path}`
})

afterEach(() => {
  process.env.PATH = path
  rmSync(folder, { recursive: true })
})

/** Puts a command called ssh in the way. */
function sshThat(script: string): void {
  writeFileSync(join(folder, 'ssh'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, 'ssh'), 0o755)
}

const endpoint = { kind: 'ssh', host: 'far', port: null, user: null } as const

test('ssh is asked for what the Docker CLI asks it for', () => {
  expect(sshArguments({ ...endpoint, port: 2222, user: 'ada' }).join(' ')).toMatch(
    /-l ada -p 2222 -- far docker system dial-stdio$/,
  )
  expect(sshArguments({ ...endpoint, host: '-oProxyCommand=x' }).join(' ')).toContain('-- -oProxyCommand=x')
  expect(sshArguments(endpoint)).not.toContain('-l')
})

test('calls go through the connection that ssh makes, one after the other', async () => {
  const socket = join(folder, 'docker.sock')
  const server = createServer((request, response) => response.end(JSON.stringify({ url: request.url })))
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  sshThat(
    `exec ${process.execPath} -e "const s=require('net').connect('${socket}');process.stdin.pipe(s).pipe(process.stdout)"`,
  )
  const client = DockerClient.to(endpoint)
  try {
    expect(await client.get('/one')).toEqual({ url: '/one?' })
    expect(await client.get('/two')).toEqual({ url: '/two?' })
  } finally {
    client.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

test('where ssh cannot connect, its own words say why', async () => {
  sshThat('echo "Host key verification failed." >&2; exit 255')
  await expect(DockerClient.to(endpoint).ping()).rejects.toMatchObject({
    code: 'no-engine',
    message: expect.stringContaining('Host key verification failed.'),
    help: expect.stringContaining('ssh far'),
  })
})

test('where there is no ssh, that is said', async () => {
  process.env.PATH = folder
  await expect(DockerClient.to(endpoint).ping()).rejects.toMatchObject({
    code: 'no-engine',
    message: expect.stringContaining('ENOENT'),
  })
})

test('ssh gets the time that this machine needs to connect', () => {
  setTimeFactor('settings', 5)
  expect(sshArguments(endpoint)).toContain('ConnectTimeout=40')
  setTimeFactor('settings', null)
  expect(sshArguments(endpoint)).toContain('ConnectTimeout=8')
})
