/** Every version of the engine that nodes can have: the images, the registry, builds with BuildKit, and Compose. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveOfFolder } from '../../../engine/docker'
import { packagedVersions, preloadedEverywhere } from '../../../engine/images'
import type { LabNode } from '../../../engine/node'
import { removeTopology, Topology, topologiesOn } from '../../../engine/topology'
import { openEngine, type ReadyEngine } from '../engine-fixture'
import { refused, run, until } from './in-node'

const options = { signal: new AbortController().signal, onActivity: () => undefined }
const networks = [{ name: 'lab', internal: false }]
const usual = { swarm: 'none', networks: ['lab'] } as const
const PULL_LIMIT_MS = 60_000

let ready: ReadyEngine
beforeAll(async () => {
  ready = await openEngine()
})
afterAll(async () => await ready[Symbol.asyncDispose]())

describe.each(packagedVersions())('a node with Docker %s', (version) => {
  let topology: Topology
  let node: LabNode
  beforeAll(async () => {
    const shape = { networks, nodes: [{ name: 'node1', ...usual, engine: version }] }
    topology = await Topology.build({ ...ready, owner: 'test-engines' }, shape, options)
    node = topology.node('node1')
  })
  afterAll(async () => {
    topology.close()
    await removeTopology(ready.engine, topology.id)
  })

  test('says that it is this version', async () => {
    expect(await run(node, "docker version --format '{{.Server.Version}}'")).toMatch(
      new RegExp(`^${version.replace('.', '\\.')}\\.`),
    )
  })

  test('has the images that every node has, and runs, saves and loads them', async () => {
    const names = (await run(node, "docker images --format '{{.Repository}}:{{.Tag}}'")).split('\n')
    expect(names).toEqual(expect.arrayContaining(preloadedEverywhere()))
    expect(await run(node, 'docker run --rm busybox echo runs')).toBe('runs')
    await run(node, 'docker save -o /root/saved.tar nginx:alpine && docker load -q -i /root/saved.tar')
  })

  test('lets go of an image that every node has, and pulls it again', async () => {
    await run(node, 'docker rmi -f hello-world && docker pull -q hello-world', PULL_LIMIT_MS)
    expect(await run(node, 'docker run --rm hello-world')).toContain('Hello from Docker!')
  })

  test('has its images still when it was started again', async () => {
    await node.restart()
    expect(await run(node, 'docker run --rm debian echo runs')).toBe('runs')
    await run(node, `printf 'FROM busybox\nRUN echo > /added\n' | docker build -q -t again -`)
    expect(await run(node, `docker history --format '{{.Size}}' again | head -1`)).toBe('1B')
  })

  test('builds from the newest image of the registry', async () => {
    await run(
      node,
      `printf 'FROM busybox\n' | DOCKER_BUILDKIT=1 docker build --pull --no-cache -q -`,
      PULL_LIMIT_MS,
    )
  })

  test('pulls from the registry of the course', async () => {
    await run(node, 'docker pull -q redis:7', PULL_LIMIT_MS)
    expect(await run(node, 'docker run --rm redis:7 redis-server --version')).toContain('Redis server')
  })

  test('publishes a port', async () => {
    await run(node, 'docker run -d --name web -p 8080:80 nginx')
    await until(node, 'curl -sf -m 2 http://127.0.0.1:8080/')
    expect(await run(node, 'iptables -t nat -S DOCKER')).toContain('--dport 8080')
    await run(node, 'docker rm -f web')
  })

  describe('with BuildKit', () => {
    const build = (words: string) => `cd /build; DOCKER_BUILDKIT=1 docker build --quiet ${words} .`

    test.each(['busybox', 'debian'])('stores what a step on %s adds, and nothing else', async (base) => {
      await node.writeFile('/build/Dockerfile', `FROM ${base}\nRUN echo > /added\n`)
      const image = await run(node, build(''))
      expect(await run(node, `docker history --format '{{.Size}}' ${image} | head -1`)).toBe('1B')
    })

    test('keeps the folder of a cache mount from one build to the next', async () => {
      const dockerfile =
        'FROM busybox\nARG N\nRUN --mount=type=cache,target=/kept echo $N >> /kept/all; cp /kept/all /all\n'
      await node.writeFile('/build/Dockerfile', dockerfile)
      await run(node, build('--build-arg N=1'))
      const image = await run(node, build('--build-arg N=2'))
      expect(await run(node, `docker run --rm ${image} cat /all`)).toBe('1\n2')
    })

    test('shows a secret to a step, and leaves none of it in the image', async () => {
      const dockerfile = 'FROM busybox\nRUN --mount=type=secret,id=key wc -c < /run/secrets/key > /length\n'
      await node.writeFile('/build/Dockerfile', dockerfile)
      await node.writeFile('/root/key', 'opensesame')
      const image = await run(node, build('--secret id=key,src=/root/key'))
      expect(await run(node, `docker run --rm ${image} cat /length`)).toBe('10')
      expect(await run(node, `docker save ${image} | tar -xO | grep -ac opensesame || true`)).toBe('0')
    })

    test('builds for another architecture what runs nothing', async () => {
      await node.writeFile('/build/Dockerfile', 'FROM busybox\nCOPY Dockerfile /\n')
      const image = await run(node, build('--platform linux/arm64'), PULL_LIMIT_MS)
      expect(await run(node, `docker image inspect -f '{{.Architecture}}' ${image}`)).toBe('arm64')
    })
  })

  // Docker 20.10 has no plugin of Compose in Debian: its Compose is a program of its own, of the first generation.
  const compose = version === '20.10' ? 'docker-compose' : 'docker compose'

  describe(`with ${compose}`, () => {
    const inShop = (words: string) => `cd /shop; ${compose} ${words}`

    beforeAll(async () => {
      const file = compose === 'docker compose' ? SHOP + WATCH : `version: "3.9"\n${SHOP}`
      await node.writeFile('/shop/docker-compose.yml', file)
      await node.writeFile('/shop/page/Dockerfile', 'FROM nginx\nCOPY index.html /usr/share/nginx/html/\n')
      await node.writeFile('/shop/page/index.html', 'first page')
    })

    test('builds, starts the services of a profile only when asked, and takes all away', async () => {
      await run(node, inShop('build'), PULL_LIMIT_MS)
      await run(node, inShop('up -d'), PULL_LIMIT_MS)
      const running = async () =>
        (await run(node, inShop('ps --services --filter status=running'))).split('\n')
      expect((await running()).sort()).toEqual(['page'])
      await until(node, 'curl -sf -m 2 http://127.0.0.1:8000/ | grep -q "first page"')
      await run(node, inShop('--profile tools up -d'), PULL_LIMIT_MS)
      expect((await running()).sort()).toEqual(['page', 'tool'])
      await run(node, inShop('--profile tools down'), PULL_LIMIT_MS)
      expect(await run(node, 'docker ps -aq --filter label=com.docker.compose.project=shop')).toBe('')
    })

    test.skipIf(compose === 'docker-compose')(
      'watch brings a changed file into the image and the service (skipped where Compose is of the first generation)',
      async () => {
        await run(node, inShop('up -d'), PULL_LIMIT_MS)
        await run(node, `cd /shop; nohup ${compose} watch > /root/watch.log 2>&1 &`)
        await until(node, 'grep -qi "watch enabled" /root/watch.log')
        await node.writeFile('/shop/page/index.html', 'second page')
        await until(node, 'curl -sf -m 2 http://127.0.0.1:8000/ | grep -q "second page"', PULL_LIMIT_MS)
        await run(node, `pkill -f 'compose.* watch'; ${inShop('down')}`, PULL_LIMIT_MS)
      },
    )
  })

  if (version === '20.10')
    test('knows neither docker compose nor docker buildx', async () => {
      expect(await refused(node, 'docker compose version')).toContain("'compose' is not a docker command")
      expect(await refused(node, 'docker buildx version')).toContain("'buildx' is not a docker command")
    })
})

const SHOP = `services:
  tool:
    image: busybox
    command: sleep 600
    stop_signal: SIGKILL
    profiles: [tools]
  page:
    build: page
    image: shop-page
    ports: ["8000:80"]
`

/** Belongs to the last service. */
const WATCH = `    develop:
      watch:
        - {action: rebuild, path: page}
`

test('engines of all versions form one swarm, and a service runs on each of them', async () => {
  const nodes = packagedVersions().map((engine, index) => ({
    ...usual,
    name: `node${index + 1}`,
    swarm: index === 0 ? ('manager' as const) : ('worker' as const),
    engine,
  }))
  const topology = await Topology.build({ ...ready, owner: 'test-engines' }, { networks, nodes }, options)
  try {
    const manager = topology.node('node1')
    const versions = await run(manager, "docker node ls --format '{{.Hostname}} {{.EngineVersion}}' | sort")
    expect(versions.split('\n')).toEqual(
      packagedVersions().map((version, index) => expect.stringContaining(`node${index + 1} ${version}.`)),
    )
    await run(
      manager,
      'docker service create -d --name s --mode global --endpoint-mode dnsrr busybox sleep 600',
    )
    await until(manager, `[ "$(docker service ps s --format '{{.CurrentState}}' | grep -c ^Running)" = 3 ]`)
  } finally {
    topology.close()
    await removeTopology(ready.engine, topology.id)
  }
})

/** An image as Docker publishes it for engines in containers, made of the programs of a node, under the name of one. */
const STAND_IN = 'docker:28.5.2-dind'
const STAND_IN_DOCKERFILE = `ARG BASE
FROM \${BASE}
RUN mkdir -p /usr/local/libexec/docker \\
 && cp -a /usr/libexec/docker/cli-plugins /usr/local/libexec/docker/ \\
 && for name in dockerd docker containerd containerd-shim-runc-v2 ctr runc docker-init docker-proxy; do cp "$(command -v $name)" /usr/local/bin/ || exit; done
`

test('another version is taken from the image of its release', async () => {
  const { docker } = ready.engine
  const { node: base } = await ready.images.forEngine('28.5', options)
  const folder = await mkdtemp(join(tmpdir(), 'capstan-release-'))
  try {
    await writeFile(join(folder, 'Dockerfile'), STAND_IN_DOCKERFILE)
    await docker.images.build(await archiveOfFolder(folder), { tag: STAND_IN, buildargs: { BASE: base } })
    const nodes = [{ name: 'node1', ...usual, engine: '28.5.2' }]
    const topology = await Topology.build({ ...ready, owner: 'test-engines' }, { networks, nodes }, options)
    try {
      const node = topology.node('node1')
      expect(await run(node, "docker version --format '{{.Server.Version}}'")).toMatch(/^28\.5\.2/)
      expect(await run(node, 'command -v dockerd')).toBe('/usr/local/bin/dockerd')
      expect(await run(node, 'docker run --rm busybox echo runs && docker compose version --short')).toMatch(
        /^runs/,
      )
    } finally {
      topology.close()
      await removeTopology(ready.engine, topology.id)
    }
  } finally {
    await rm(folder, { recursive: true })
    await docker.images.remove(STAND_IN)
  }
})

test('a version that no registry gives is refused with a way out, and leaves nothing', async () => {
  const nodes = [{ name: 'node1', ...usual, engine: '1.13' }]
  const shape = { networks, nodes }
  const before = (await topologiesOn(ready.engine, 'test-engines')).length
  await expect(Topology.build({ ...ready, owner: 'test-engines' }, shape, options)).rejects.toMatchObject({
    code: 'image-failed',
    message: expect.stringContaining('There are no nodes with Docker 1.13'),
    help: expect.stringContaining('20.10, 26.1, 28.5'),
  })
  expect((await topologiesOn(ready.engine, 'test-engines')).length).toBe(before)
})
