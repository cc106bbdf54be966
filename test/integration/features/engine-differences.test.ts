/** What differs between the engines that nodes can have. The page docs/engine-differences.md tells the same. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packagedVersions } from '../../../engine/images'
import type { LabNode } from '../../../engine/node'
import { removeTopology, Topology } from '../../../engine/topology'
import { openEngine, type ReadyEngine } from '../engine-fixture'

interface Difference {
  /** The first column of the page. */
  readonly what: string
  /** A bash script. What it prints on either stream is looked at. */
  readonly script: string
  readonly before: RegExp
  readonly since: RegExp
  /** The first of our versions that does what `since` says. */
  readonly from: '26.1' | '28.5'
}

const WEB = "printf 'services: {web: {image: nginx}}\\n' > web.yaml"

const DIFFERENCES: readonly Difference[] = [
  {
    what: '`docker build` uses BuildKit',
    script: "printf 'FROM busybox\\nRUN true\\n' | docker build -",
    before: /^Step 1\/2/m,
    since: /^#1 \[internal\]/m,
    from: '26.1',
  },
  {
    what: '`docker build --squash` is refused as experimental; BuildKit ignores it',
    script: "printf 'FROM busybox\\nRUN true\\n' | docker build --squash -; echo exit $?",
    before: /exit 1[\s\S]*experimental/,
    since: /exit 0/,
    from: '26.1',
  },
  {
    what: '`docker build --check` finds faults of a Dockerfile',
    script: "printf 'FROM busybox\\nMAINTAINER me\\n' | docker build --check -",
    before: /unknown flag: --check/,
    since: /MaintainerDeprecated/,
    from: '28.5',
  },
  {
    what: '`docker compose` and `docker buildx` are commands',
    script: 'docker compose version; docker buildx version',
    before: /'compose' is not a docker command[\s\S]*'buildx' is not a docker command/,
    since: /Docker Compose version[\s\S]*buildx/,
    from: '26.1',
  },
  {
    what: '`docker stack deploy` takes a file without `version`',
    script: `${WEB}; docker swarm init > /dev/null 2>&1; docker stack deploy -c web.yaml shop; docker stack rm shop > /dev/null 2>&1`,
    before: /unsupported Compose file version: 1\.0/,
    since: /Creating service shop_web/,
    from: '26.1',
  },
  {
    what: '`docker stack config` prints the file that a deployment would use',
    script: `${WEB}; docker stack config -c web.yaml`,
    before: /not a docker command|unknown|Usage/i,
    since: /image: nginx/,
    from: '26.1',
  },
  {
    what: '`docker stack` and `docker context` no longer know Kubernetes',
    script: 'docker context create --help',
    before: /kubernetes/i,
    since: /^(?![\s\S]*kubernetes)/i,
    from: '26.1',
  },
  {
    what: '`docker volume prune` spares named volumes',
    script: 'docker volume create named; docker volume prune -f; docker volume ls -q; docker volume rm named',
    before: /Deleted Volumes:\s+named/,
    since: /reclaimed space: 0B\s+named/,
    from: '26.1',
  },
  {
    what: '`docker volume prune --all` takes named volumes too',
    script: 'docker volume create named; docker volume prune -a -f; docker volume rm -f named',
    before: /unknown shorthand flag: 'a'/,
    since: /Deleted Volumes:\s+named/,
    from: '26.1',
  },
  {
    what: '`docker run -v` takes a path that begins with a dot',
    script: 'docker run --rm -v ./here:/there busybox ls -d /there',
    before: /invalid characters for a local volume name/,
    since: /^\/there$/m,
    from: '26.1',
  },
  {
    what: '`docker save` writes the layout of OCI',
    script: 'docker save busybox | tar -t',
    before: /\/layer\.tar$/m,
    since: /^blobs\/sha256\/[\s\S]*^oci-layout$/m,
    from: '26.1',
  },
  {
    what: '`docker image inspect` has no `VirtualSize` and no `ContainerConfig`',
    script: 'docker image inspect busybox | jq -c \'.[0] | has("VirtualSize"), has("ContainerConfig")\'',
    before: /true\s+true/,
    since: /false\s+false/,
    from: '26.1',
  },
  {
    what: '`docker images --tree` shows images with their platforms',
    script: 'docker images --tree',
    before: /unknown flag: --tree/,
    since: /busybox:latest/,
    from: '28.5',
  },
  {
    what: '`docker stop --signal` chooses the signal',
    script: 'docker stop --help',
    before: /^(?![\s\S]*--signal)/,
    since: /--signal/,
    from: '26.1',
  },
  {
    what: '`docker stop --time` is called `--timeout`',
    script: 'docker stop --help',
    before: /--time /,
    since: /--timeout/,
    from: '28.5',
  },
  {
    what: '`docker run --health-start-interval` looks more often while a container starts',
    script: 'docker run --rm --health-cmd true --health-start-interval 1s busybox echo runs',
    before: /unknown flag: --health-start-interval/,
    since: /^runs$/m,
    from: '26.1',
  },
  {
    what: '`docker run --kernel-memory` is ignored; it was deprecated before',
    script: 'docker run --rm --kernel-memory 50m busybox echo runs',
    before: /kernel memory limit is deprecated/,
    since: /^runs$/,
    from: '26.1',
  },
  {
    what: '`docker run` warns when the kernel does not forward packets',
    script:
      'sysctl -qw net.ipv4.ip_forward=0; docker run --rm busybox echo runs; sysctl -qw net.ipv4.ip_forward=1',
    before: /IPv4 forwarding is disabled/,
    since: /^runs$/,
    from: '26.1',
  },
  {
    what: '`docker network create --ipv6` needs no subnet',
    script: 'docker network create --ipv6 six; docker network rm six',
    before: /could not find an available, non-overlapping IPv6 address pool/,
    since: /^[0-9a-f]{64}$/m,
    from: '28.5',
  },
  {
    what: 'a container on an internal network has no default route',
    script: `docker network create --internal shut > /dev/null
      docker run --rm --network shut busybox ip route; docker network rm shut`,
    before: /^default via/m,
    since: /^(?!default via)/,
    from: '26.1',
  },
  {
    what: 'the loopback of a container has the address `::1` too',
    script: 'docker run --rm --network none busybox ip addr show lo',
    before: /^(?![\s\S]*inet6)/,
    since: /inet6 ::1\/128/,
    from: '26.1',
  },
  {
    what: 'the rules for forwarded packets are in the chain `DOCKER-FORWARD`',
    script: 'iptables -S FORWARD',
    before: /-A FORWARD -j DOCKER-ISOLATION-STAGE-1/,
    since: /-A FORWARD -j DOCKER-FORWARD/,
    from: '28.5',
  },
  {
    what: 'packets from another device of the machine to the address of a container are dropped',
    script: `
      docker run -d --name far nginx > /dev/null
      address=$(docker inspect -f '{{.NetworkSettings.Networks.bridge.IPAddress}}' far)
      ip netns add far && ip link add far0 type veth peer name far1 netns far
      ip addr add 10.99.0.1/24 dev far0 && ip link set far0 up
      ip -n far addr add 10.99.0.2/24 dev far1 && ip -n far link set far1 up
      ip -n far route add default via 10.99.0.1
      iptables -t nat -A POSTROUTING -s 10.99.0.0/24 -j MASQUERADE
      ip netns exec far curl -sS -m 3 --retry 9 --retry-delay 1 --retry-connrefused --retry-max-time 9 "http://$address/"
      ip netns del far; docker rm -f far`,
    before: /Welcome to nginx/,
    since: /timed out/,
    from: '28.5',
  },
  {
    what: 'the error for a network that does not exist reads "network NAME not found"',
    script: 'docker network inspect nowhere',
    before: /No such network: nowhere/,
    since: /network nowhere not found/,
    from: '26.1',
  },
  {
    what: 'the oldest version of the API that is answered is 1.24',
    script: "docker version --format '{{.Server.MinAPIVersion}}'",
    before: /^1\.12$/m,
    since: /^1\.24$/m,
    from: '26.1',
  },
  {
    what: 'the storage drivers `devicemapper` and `aufs` are gone',
    script: `for driver in devicemapper aufs; do
      timeout 5 dockerd --data-root /tmp/$driver --exec-root /tmp/exec --host unix:///tmp/docker.sock --pidfile /tmp/docker.pid --bridge none --iptables=false --storage-driver $driver
    done`,
    before: /devicemapper storage-driver is deprecated[\s\S]*aufs storage-driver is deprecated/,
    since:
      /devicemapper storage-driver has been deprecated and removed[\s\S]*aufs storage-driver has been deprecated and removed/,
    from: '26.1',
  },
]

const page = readFileSync(new URL('../../../docs/engine-differences.md', import.meta.url), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (what|---)/.test(line))

test('the page has a row for each difference, and for nothing else', () => {
  expect(rows.map((row) => row.split(' | ')[0]?.slice(2))).toEqual(DIFFERENCES.map(({ what }) => what))
})

test.each(DIFFERENCES)('the page says since which of our versions: $what', ({ what, from }) => {
  const cells = rows
    .find((row) => row.startsWith(`| ${what} | `))
    ?.split('|')
    .slice(2, -1)
    .map((cell) => cell.trim())
  expect(cells).toEqual(packagedVersions().map((version) => (Number(version) < Number(from) ? 'no' : 'yes')))
})

let ready: ReadyEngine
beforeAll(async () => {
  ready = await openEngine()
})
afterAll(async () => await ready[Symbol.asyncDispose]())

describe.each(packagedVersions())('Docker %s', (version) => {
  let topology: Topology
  let node: LabNode
  beforeAll(async () => {
    const nodes = [{ name: 'node1', swarm: 'none' as const, networks: ['lab'], engine: version }]
    const shape = { networks: [{ name: 'lab', internal: false }], nodes }
    const options = { signal: new AbortController().signal, onActivity: () => undefined }
    topology = await Topology.build({ ...ready, owner: 'test-differences' }, shape, options)
    node = topology.node('node1')
  })
  afterAll(async () => {
    topology.close()
    await removeTopology(ready.engine, topology.id)
  })

  test.each(DIFFERENCES)('$what', async ({ script, before, since, from }) => {
    const { stdout, stderr } = await node.script(script, { limitMs: 60_000 })
    expect(`${stdout}\n${stderr}`.trim()).toMatch(Number(version) < Number(from) ? before : since)
  })
})
