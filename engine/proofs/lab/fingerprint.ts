/** Describes a node in lines that are the same for two nodes in the same state. */
import type { DockerClient } from '../../docker'
import type { LabNode } from '../../node'

/**
 * Leaves out what differs between equal nodes: ids (the container of a service's task has one in its name), addresses
 * of veths, counters, times, and the rules of the outer engine's name server, which has another port in every node.
 */
const STATE_SCRIPT = String.raw`
docker ps -a --format 'container {{.Names}} {{.Image}} {{.State}}' | sed -E 's/\.[a-z0-9]{25}//g' | sort
docker images --format 'image {{.Repository}}:{{.Tag}} {{.ID}}' | sort
docker volume ls --format 'volume {{.Name}}' | sort
docker network ls --format 'network {{.Name}} {{.Driver}}' | sort
ip netns list 2>/dev/null | awk '{print "netns " $1}' | sort
ip -o link show | awk -F': ' '{print $2}' | sed 's/@.*//' | grep -v '^veth' | sed 's/^br-[0-9a-f]\{12\}$/br-user/; s/^/link /' | sort
iptables-save 2>/dev/null | grep '^-A' | grep -v '127\.0\.0\.11' | sed 's/br-[0-9a-f]\{12\}/br-user/g; s/^/rule /' | sort
`

/** Paths that the node's own engine and shell write to, not a lab. */
const NOISE = [
  /^\/(run|var\/run|tmp|proc|sys|dev|images)(\/|$)/,
  /^\/var\/(lib|log|cache)(\/|$)/,
  /^\/var$/,
  /^\/opt(\/|$)/,
  /^\/etc(\/docker(\/key\.json)?|\/(hosts|hostname|resolv\.conf|mtab))?$/,
  /^\/root(\/\.(bash_history|docker|lesshst)(\/.*)?)?$/,
]

const LIMIT_MS = 20_000

type PicturedNode = Pick<LabNode, 'name' | 'containerId' | 'script' | 'exec'>
type ChangesSource = Pick<DockerClient['containers'], 'changes'>

/**
 * Describes the containers, images, networks, rules and changed files of a node, one in each line.
 * @param containers the containers of the outer engine, which knows what has changed in the node's file system
 */
export async function fingerprint(containers: ChangesSource, node: PicturedNode): Promise<string[]> {
  const [state, changes] = await Promise.all([
    node.script(STATE_SCRIPT, { limitMs: LIMIT_MS }),
    containers.changes(node.containerId),
  ])
  const paths = changes
    .map(({ Path }) => Path)
    .filter((path) => !NOISE.some((noise) => noise.test(path)))
    .sort()
  const sums = await checksums(node, paths)
  return [...state.stdout.split('\n').filter(Boolean), ...sums].map((line) => `${node.name}: ${line}`)
}

async function checksums(node: PicturedNode, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return []
  const script = 'for f; do if [ -f "$f" ]; then sha256sum -- "$f"; else echo "path $f"; fi; done'
  const { stdout } = await node.exec(['sh', '-c', script, 'sh', ...paths], { limitMs: LIMIT_MS })
  return stdout.split('\n').filter(Boolean).sort()
}

/** The lines that only one of two fingerprints has, in words; empty when they are the same. */
export function differences(before: readonly string[], after: readonly string[]): string[] {
  const had = new Set(before)
  const has = new Set(after)
  return [
    ...after.filter((line) => !had.has(line)).map((line) => `new after the reset: ${line}`),
    ...before.filter((line) => !has.has(line)).map((line) => `missing after the reset: ${line}`),
  ]
}
