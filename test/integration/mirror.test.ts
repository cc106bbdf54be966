import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveCache } from '../../engine/images'
import { COURSE_IMAGES, preloadedEverywhere } from '../../engine/images/course'
import { KIND, type LabNode } from '../../engine/node'
import { removeTopology, type Shape, Topology } from '../../engine/topology'
import { openEngine, type ReadyEngine } from './engine-fixture'

const shape: Shape = {
  nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }],
  networks: [{ name: 'lab', internal: false }],
}
const options = { signal: new AbortController().signal, onActivity: () => undefined }
let ready: ReadyEngine
let topology: Topology
let node: LabNode

beforeAll(async () => {
  ready = await openEngine()
  topology = await Topology.build({ ...ready, owner: 'test-mirror' }, shape, options)
  node = topology.node('node1')
})

afterAll(async () => {
  if (topology) await removeTopology(ready.engine, topology.id)
  await ready?.[Symbol.asyncDispose]()
})

/** Runs a command that must succeed. @returns its output */
async function run(script: string, limitMs = 60_000): Promise<string> {
  const { exitCode, stdout, stderr } = await node.script(script, { limitMs })
  expect(`${exitCode} ${stderr}`).toMatch(/^0 /)
  return stdout.trim()
}

test('a pull does not fetch the layers that every node has from the start', async () => {
  const lines = (await run('docker pull webapp:1.0')).split('\n')
  const shared = Number(await run(`docker image inspect -f '{{len .RootFS.Layers}}' python:3-slim`))
  expect(shared).toBeGreaterThan(0)
  expect(lines.filter((line) => line.endsWith(': Already exists'))).toHaveLength(shared)
})

test.each(preloadedEverywhere())('%s, there from the start, is saved and loaded again', async (name) => {
  await run(`docker save -o /root/saved.tar ${name} && docker load -q -i /root/saved.tar`)
  expect(await run(`docker image inspect -f '{{len .RepoDigests}}' ${name}`)).not.toBe('0')
})

test.each(COURSE_IMAGES.filter(({ everywhere }) => !everywhere).flatMap(({ tags }) => tags))(
  '%s is pulled without a network',
  async (name) => {
    expect(await run(`docker pull -q ${name}`)).toContain(name)
    expect(Number(await run(`docker image inspect -f '{{len .RootFS.Layers}}' ${name}`))).toBeGreaterThan(1)
  },
)

test('a name has images for several architectures, and the right one is taken', async () => {
  await run('docker rmi -f busybox hello-world && docker pull -q busybox && docker pull -q hello-world')
  expect(await run('docker run --rm busybox uname -m')).toBe(await run('uname -m'))
  expect(await run('docker run --rm hello-world')).toContain('Hello from Docker!')
  const list = JSON.parse(await run('docker manifest inspect --insecure mirror:5000/library/busybox:latest'))
  const platforms = list.manifests.map(
    ({ platform }: { platform: { architecture: string } }) => platform.architecture,
  )
  expect(platforms).toEqual(['amd64', 'arm64'])
  const foreign = (await run("docker version -f '{{.Server.Arch}}'")) === 'amd64' ? 'arm64' : 'amd64'
  await run(`docker pull -q --platform linux/${foreign} busybox`)
  expect(await run("docker image inspect -f '{{.Architecture}}' busybox")).toBe(foreign)
  const refused = await node.script('docker run --rm busybox true')
  expect(refused.stderr).toMatch(/exec format error|platform/)
})

test('a pull by digest gets the very image, and an unknown name is refused', async () => {
  const digest = await run("docker image inspect -f '{{index .RepoDigests 0}}' httpd:2.4")
  expect(digest).toMatch(/^httpd@sha256:[0-9a-f]{64}$/)
  await run(`docker rmi httpd:2.4 httpd:latest; docker pull -q ${digest}`)
  const unknown = await node.script('timeout 8 docker pull nginx:no-such-tag', { limitMs: 15_000 })
  expect(unknown.exitCode).not.toBe(0)
})

test('a pull-through cache gets from the registry it stands before what it does not have', async () => {
  const { docker } = ready.engine
  const { Image } = await docker.containers.inspect(ready.images.mirrors[0]?.container ?? '')
  const [volume] = await docker.volumes.list({ labels: [`${KIND}=mirror`] })
  const registry = await docker.containers.create({
    Image,
    HostConfig: {
      Mounts: [{ Type: 'volume', Source: volume?.Name ?? '', Target: '/var/lib/registry', ReadOnly: true }],
    },
  })
  await docker.containers.start(registry)
  const { NetworkSettings } = await docker.containers.inspect(registry)
  const upstream = `http://${NetworkSettings.Networks.bridge?.IPAddress}:5000`
  const cache = await serveCache(docker, { nodeImage: ready.images.node, registryImage: Image, upstream })
  const images = { ...ready.images, mirrors: [cache] }
  const behind = await Topology.build({ ...ready, images, owner: 'test-mirror' }, shape, options)
  try {
    const pulled = await behind.node('node1').exec(['docker', 'pull', '-q', 'redis:7'], { limitMs: 60_000 })
    expect(pulled).toMatchObject({ exitCode: 0 })
    const kept = ['ls', '/var/lib/registry/docker/registry/v2/repositories/library']
    expect((await docker.execs.run(cache.container, kept)).stdout).toBe('redis\n')
  } finally {
    await removeTopology(ready.engine, behind.id)
    await docker.containers.remove(cache.container)
    await docker.containers.remove(registry)
    await docker.volumes.remove('capstan-pull-through')
  }
})

test('the five services of the voting app work together', async () => {
  await run(`
    docker network create voting
    docker run -d --network voting --name redis redis:alpine
    docker run -d --network voting --name db -e POSTGRES_PASSWORD=postgres postgres:15-alpine
    docker run -d --network voting --name worker votingapp/worker
    docker run -d --network voting --name vote -p 5000:80 votingapp/vote
    docker run -d --network voting --name result -p 5001:80 votingapp/result
  `)
  const counts = async () => (await node.script('curl -s -m 3 127.0.0.1:5001/counts.json')).stdout
  await expect.poll(counts, { timeout: 60_000 }).toMatch(/\{/)
  const before = await counts()
  await run('curl -fsS -m 5 -d vote=a 127.0.0.1:5000/ > /dev/null')
  await expect.poll(counts, { timeout: 30_000 }).not.toBe(before)
})
