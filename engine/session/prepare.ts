/** Builds the nodes of a session: network, containers, the lab's files, its set-up scripts. */
import { EngineError } from '../errors'
import type { OuterEngine } from '../host'
import type { PreparedImages } from '../images'
import type { LoadedLab, NodeScript } from '../labs'
import { createNode, createSessionNetwork, type LabNode, removeSession } from '../node'

/** A set-up script that takes longer than this is taken to hang. */
const SCRIPT_LIMIT_MS = 120_000

export interface PrepareOptions {
  readonly engine: OuterEngine
  readonly images: PreparedImages
  readonly lab: LoadedLab
  readonly sessionId: string
  readonly owner: string
  readonly onActivity: (text: string) => void
  readonly signal: AbortSignal
}

/**
 * Creates the session's nodes and runs the lab's set-up in them.
 * On failure everything that was made is removed again and the first error is thrown.
 */
export async function prepareNodes(options: PrepareOptions): Promise<LabNode[]> {
  try {
    const nodes = await createNodes(options)
    await copyFiles(options.lab, nodes)
    options.onActivity('Setting the scene')
    await runScripts(options.lab.setup, nodes, options.signal)
    return nodes
  } catch (error) {
    // The first error is the one to tell; what cannot be removed now is left to the reaper.
    await removeSession(options.engine, options.sessionId).catch(() => undefined)
    throw error
  }
}

async function createNodes(options: PrepareOptions): Promise<LabNode[]> {
  const { engine, images, lab, sessionId, owner, signal } = options
  const names = lab.nodes.map((node) => node.name)
  options.onActivity(names.length === 1 ? `Starting ${names[0]}` : `Starting ${names.length} nodes`)
  const network = await createSessionNetwork(engine, { sessionId, owner, labId: lab.id })
  const started = await Promise.allSettled(
    names.map((name) =>
      createNode({ engine, images, network, name, sessionId, owner, labId: lab.id, signal }),
    ),
  )
  const failed = started.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}

async function copyFiles(lab: LoadedLab, nodes: readonly LabNode[]): Promise<void> {
  for (const file of lab.files) await nodeCalled(nodes, file.on).copyIn(file.from, file.to)
}

/**
 * Runs set-up scripts one after the other.
 * @throws EngineError `lab-invalid` with the script's own words when one fails
 */
export async function runScripts(
  scripts: readonly NodeScript[],
  nodes: readonly LabNode[],
  signal: AbortSignal,
): Promise<void> {
  for (const script of scripts) {
    const { exitCode, stdout, stderr } = await nodeCalled(nodes, script.on).script(script.text, {
      limitMs: SCRIPT_LIMIT_MS,
      signal,
    })
    if (exitCode === 0) continue
    const words = (stderr || stdout).trim().split('\n').slice(-3).join(' ')
    throw new EngineError(
      'lab-invalid',
      `The set-up script ${script.file} failed with exit code ${exitCode}: ${words}`,
      {
        mend: 'Reset the lab; if it fails again, the lab itself needs a repair.',
      },
    )
  }
}

/** @throws EngineError `not-found` for a name the session does not have */
export function nodeCalled(nodes: readonly LabNode[], name: string): LabNode {
  const node = nodes.find((candidate) => candidate.name === name)
  if (node) return node
  throw new EngineError('not-found', `This lab has no node called "${name}".`, {
    mend: `Its nodes are ${nodes.map((candidate) => candidate.name).join(', ')}.`,
  })
}
