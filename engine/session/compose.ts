/** Keeps a compose file in a node of a playground. The node is its sandbox: nothing of it is read or run outside. */
import { z } from 'zod'
import { CapstanError } from '../../shared/errors'
import { readAnswer } from '../docker'
import type { SessionNode } from './topologies'

export interface Compose {
  /** Of the stack and of its folder. */
  readonly name: string
  readonly text: string
}

export interface PlacedCompose {
  readonly node: string
  readonly path: string
  /** What somebody types in that node to deploy it. */
  readonly command: string
}

/** It becomes part of a path and of a command line. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/

const Info = z.object({ Swarm: z.object({ ControlAvailable: z.boolean().default(false) }).nullish() })

/**
 * Writes the file under /root of the node that deploys it: a manager of a swarm where there is one, else the first node
 * that answers.
 * @throws CapstanError `bad-input` for a name that is none, or `node-gone` when no node answers
 */
export async function placeCompose(
  nodes: readonly SessionNode[],
  { name, text }: Compose,
): Promise<PlacedCompose> {
  if (!NAME.test(name))
    throw new CapstanError('bad-input', `"${name.slice(0, 40)}" is not the name of a stack.`)
  const answering = (await Promise.all(nodes.map(look))).flatMap((found) => found ?? [])
  const chosen = answering.find(({ isManager }) => isManager) ?? answering[0]
  if (!chosen) {
    throw new CapstanError('node-gone', 'No node of this playground runs.', {
      help: 'Start one from its menu.',
    })
  }
  const path = `/root/${name}/compose.yaml`
  await chosen.node.writeFile(path, text)
  return { node: chosen.node.name, path, command: commandFor(chosen.isManager, { name, path }) }
}

function commandFor(isManager: boolean, { name, path }: { name: string; path: string }): string {
  if (isManager) return `docker stack deploy --compose-file ${path} ${name}`
  return `docker compose --project-name ${name} --file ${path} up --detach`
}

/** @returns null for a node that does not answer */
async function look(node: SessionNode): Promise<{ node: SessionNode; isManager: boolean } | null> {
  try {
    const answer = readAnswer(Info, await node.docker.get('/info'), `asking ${node.name} about its swarm`)
    return { node, isManager: Boolean(answer.Swarm?.ControlAvailable) }
  } catch {
    return null
  }
}
