import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { openBench } from '../engine-fixture'
import { refused, run, until } from './in-node'

const COMPOSE = `version: "3.8"
services:
  web:
    image: nginx
    volumes: ["pages:/pages"]
    environment: {COLOUR: "\${COLOUR:-red}"}
    healthcheck: {test: ["CMD-SHELL", "true"], interval: 200ms}
  client:
    build: client
    depends_on: {web: {condition: service_healthy}}
    command: sh -c 'wget -qO /got http://web && sleep 600'
    stop_signal: SIGKILL
volumes:
  pages:
`

/** @returns how compose is called in a node, or nothing where it is not there */
async function composeInNode(): Promise<string> {
  const bench = await openBench()
  try {
    const node = await bench.node('probe')
    const { stdout } = await node.script(
      'docker compose version > /dev/null 2>&1 && echo docker compose || command -v docker-compose',
    )
    return stdout.trim()
  } finally {
    await bench.remove()
  }
}

// The question comes before the tests are listed, so that they are reported as skipped.
const command = await composeInNode()

describe.skipIf(command === '')('docker compose (skipped where a node has no compose program)', () => {
  const bench = sharedBench()
  let node: LabNode

  const compose = (words: string) => `cd /shop; ${command} ${words}`

  beforeAll(async () => {
    node = await bench().node('node1')
    await node.writeFile('/shop/docker-compose.yml', COMPOSE)
    await node.writeFile('/shop/client/Dockerfile', 'FROM busybox\nRUN echo built > /built\n')
  })

  test('builds and starts services in order, in a network with their names and with their volumes', async () => {
    await run(node, compose('up -d'), 60_000)
    await until(node, compose(`exec -T client grep -q 'Welcome to nginx' /got`))
    expect(await run(node, compose('exec -T client cat /built'))).toBe('built')
    const project = `--filter label=com.docker.compose.project=shop`
    expect(await run(node, `docker network ls ${project} --format '{{.Name}}'`)).toBe('shop_default')
    expect(await run(node, `docker volume ls ${project} --format '{{.Name}}'`)).toBe('shop_pages')
    expect(await run(node, compose(`exec -T web sh -c 'echo $COLOUR'`))).toBe('red')
  })

  test('makes a service again when its settings change, and leaves the others', async () => {
    const ids = async (service: string) => await run(node, compose(`ps -q ${service}`))
    const [web, client] = [await ids('web'), await ids('client')]
    await run(node, compose('up -d client'))
    expect(await ids('client')).toBe(client)
    await run(node, `export COLOUR=blue; ${compose('up -d web')}`)
    expect(await ids('web')).not.toBe(web)
    expect(await run(node, compose(`exec -T web sh -c 'echo $COLOUR'`))).toBe('blue')
    expect(await ids('client')).toBe(client)
  })

  test('scales a service, and takes everything away again', async () => {
    const count = async () => (await run(node, compose('ps -q client'))).split('\n').length
    await run(node, compose('up -d --scale client=3 client'))
    expect(await count()).toBe(3)
    await run(node, compose('down --volumes'), 60_000)
    const left =
      'docker ps -aq; docker volume ls -q --filter name=shop; docker network ls -q --filter name=shop'
    expect(await run(node, left)).toBe('')
  })

  test('refuses a file with an unknown key', async () => {
    await node.writeFile('/wrong/docker-compose.yml', 'version: "3.8"\nservices: {web: {imag: nginx}}\n')
    expect(await refused(node, `cd /wrong; ${command} config`)).toContain('imag')
  })
})
