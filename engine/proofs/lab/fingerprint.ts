/** What a node looks like, as lines that are the same for two nodes in the same state. */

import type { OuterEngine } from '../../outer'
import type { SessionNode } from '../../session'

/**
 * Ids (a task's container has one in its name), addresses of veths, counters and times differ between equal nodes, so none of them is printed; nor are
 * the rules of the outer engine's name server, which listens on another port in every node.
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

/** Written by the node's own engine and shell, not by a lab. */
const NOISE = [
  /^\/(run|var\/run|tmp|proc|sys|dev|images)(\/|$)/,
  /^\/var\/(lib|log|cache)(\/|$)/,
  /^\/var$/,
  /^\/opt(\/|$)/,
  /^\/etc(\/docker(\/key\.json)?|\/(hosts|hostname|resolv\.conf|mtab))?$/,
  /^\/root(\/\.(bash_history|docker|lesshst)(\/.*)?)?$/,
]

/** Lines that describe the containers, images, networks, rules and changed files of a node. */
export async function fingerprint(engine: OuterEngine, node: SessionNode): Promise<string[]> {
  const [state, changes] = await Promise.all([
    node.script(STATE_SCRIPT, { limitMs: 20_000 }),
    engine.docker.containers.changes(node.containerId),
  ])
  const paths = changes
    .map(({ Path }) => Path)
    .filter((path) => !NOISE.some((noise) => noise.test(path)))
    .sort()
  const sums = await checksums(node, paths)
  return [...state.stdout.split('\n').filter(Boolean), ...sums].map((line) => `${node.name}: ${line}`)
}

async function checksums(node: SessionNode, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return []
  const script = 'for f; do if [ -f "$f" ]; then sha256sum -- "$f"; else echo "path $f"; fi; done'
  const { stdout } = await node.exec(['sh', '-c', script, 'sh', ...paths], { limitMs: 20_000 })
  return stdout.split('\n').filter(Boolean).sort()
}

/** What one has and the other lacks, in words; empty when they are the same. */
export function differences(before: readonly string[], after: readonly string[]): string[] {
  const had = new Set(before)
  const has = new Set(after)
  return [
    ...after.filter((line) => !had.has(line)).map((line) => `new after the reset: ${line}`),
    ...before.filter((line) => !has.has(line)).map((line) => `missing after the reset: ${line}`),
  ]
}
