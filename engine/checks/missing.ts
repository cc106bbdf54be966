/**
 * Says that the thing a check asks about is not there. Engines and programs say so each in their own way; a student reads
 * one plain sentence. The clauses here have no end: "yet" or "any more" completes them.
 */

/** What the first folder of an engine's path holds, in the singular. */
const KINDS: Readonly<Record<string, string>> = {
  containers: 'container',
  images: 'image',
  networks: 'network',
  volumes: 'volume',
  services: 'service',
  secrets: 'secret',
  configs: 'config',
  nodes: 'node',
}

/** The clause for a path of the engine API that leads to nothing, such as /containers/web/json. */
export function missingAt(path: string): string | undefined {
  const [, folder = '', name] = /^\/(\w+)\/([^?]+?)(?:\/json)?(?:\?.*)?$/.exec(path) ?? []
  const kind = KINDS[folder]
  return kind && name && name !== 'json' ? noThing(kind, name) : undefined
}

export function missingFile(path: string): string {
  return `The file ${path} does not exist`
}

export function missingAnswer(url: string): string {
  return `Nothing answers at ${url}`
}

function noThing(kind: string, name: string): string {
  return `There is no ${kind} called ${name}`
}

/** Characters of complaints that are read: whatever a node prints, it takes no time. */
const LONGEST = 4_000

/** An id says nothing to a student. */
const ID = /^[0-9a-f]{12,64}$/

interface Complaint {
  readonly words: RegExp
  /** @param groups those of `words` */
  readonly clause: (groups: readonly string[], node: string) => string
}

/** What engines and programs print, with the clause for it. The first one that fits is taken. */
const COMPLAINTS: readonly Complaint[] = [
  {
    words: /no such (container|image|service|network|volume|secret|config|node): ([\w./:@-]+)/i,
    clause: ([kind = '', name = '']) => noThing(kind.toLowerCase(), name),
  },
  {
    words: /\b(network|service|secret|config|node) ([\w./:@-]+) not found/i,
    clause: ([kind = '', name = '']) => noThing(kind.toLowerCase(), name),
  },
  { words: /get ([\w.-]+): no such volume/i, clause: ([name = '']) => noThing('volume', name) },
  { words: /no such object: ([\w./:@-]+)/i, clause: ([name = '']) => `There is nothing called ${name}` },
  {
    words: /container ([\w.-]+) is not running/i,
    clause: ([name = '']) => `The container${ID.test(name) ? '' : ` ${name}`} is not running`,
  },
  {
    words: /not a swarm manager|not part of a swarm/i,
    clause: (_groups, node) => `${node} does not manage a swarm`,
  },
  { words: /does not have a leader/i, clause: () => 'The swarm has no leader' },
  { words: /swarm is encrypted/i, clause: (_groups, node) => `${node} has not been unlocked` },
  {
    words: /(\/[^\s:'"‘’]+)['"’]?(?: for reading|: Cannot open)?: No such file or directory/,
    clause: ([path = '']) => missingFile(path),
  },
]

/**
 * The clause for what an engine or a program has complained about, or undefined when it was something else.
 * @param node the name of the node that was asked
 */
export function missingIn(complaints: string, node: string): string | undefined {
  for (const line of complaints.slice(0, LONGEST).split('\n')) {
    for (const { words, clause } of COMPLAINTS) {
      const found = words.exec(line)
      if (found) return clause(found.slice(1), node)
    }
  }
  return undefined
}
