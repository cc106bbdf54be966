/** Turns new nodes into a lab: its images, its files, its set-up. */

import { CapstanError } from '../../shared/errors'
import { lastLines } from '../../shared/last-lines'
import { preloadedEverywhere } from '../images'
import type { LoadedLab, ScriptStep } from '../labs'
import type { SessionNode, SessionTopology } from './topologies'

/** A set-up script that takes longer than this probably hangs. */
const SCRIPT_LIMIT_MS = 120_000
const PULL_LIMIT_MS = 60_000

export interface PrepareOptions {
  readonly lab: LoadedLab
  readonly topology: SessionTopology
  readonly onActivity: (text: string) => void
  readonly signal: AbortSignal
}

/**
 * Brings the lab's images and files into its nodes and runs its set-up.
 * @throws CapstanError `image-failed`, or `lab-invalid` with the output of a script that fails
 */
export async function prepareLab({ lab, topology, onActivity, signal }: PrepareOptions): Promise<void> {
  await preload(lab, topology, onActivity)
  for (const file of lab.files) await topology.node(file.on).copyIn(file.from, file.to, file.hash)
  if (lab.setup.length === 0) return
  onActivity('Setting the scene')
  await runSetup(lab.setup, topology, signal)
}

async function preload(
  lab: LoadedLab,
  topology: SessionTopology,
  onActivity: (text: string) => void,
): Promise<void> {
  const names = lab.images
    .filter(({ name, preloaded }) => preloaded && !preloadedEverywhere().includes(name))
    .map(({ name }) => name)
  if (names.length === 0) return
  onActivity('Bringing in the images')
  await Promise.all(topology.nodes.map((node) => pullAll(node, names)))
}

async function pullAll(node: SessionNode, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const pulled = await node.exec(['docker', 'pull', '-q', name], { limitMs: PULL_LIMIT_MS })
    if (pulled.exitCode === 0) continue
    throw new CapstanError(
      'image-failed',
      `${name} could not be brought into ${node.name}: ${pulled.stderr.trim()}`,
      {
        help: 'Reset the lab; `capstan setup` prepares the images again.',
      },
    )
  }
}

/**
 * Runs scripts in nodes and switches nodes, one after the other.
 * @throws CapstanError `lab-invalid` with the output of a script that fails
 */
export async function runSetup(
  parts: readonly ScriptStep[],
  topology: SessionTopology,
  signal: AbortSignal,
): Promise<void> {
  for (const part of parts) {
    if ('action' in part) await topology.switchNode(part.on, part.action)
    else await runScript(part, topology.node(part.on), signal)
  }
}

async function runScript(
  { file, text }: { readonly file: string; readonly text: string },
  node: SessionNode,
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, stdout, stderr } = await node.script(text, { limitMs: SCRIPT_LIMIT_MS, signal })
  if (exitCode === 0) return
  const words = lastLines(stderr || stdout, 3)
  throw new CapstanError(
    'lab-invalid',
    `The set-up script ${file} failed with exit code ${exitCode}: ${words}`,
    {
      help: 'Reset the lab; if it fails again, the lab itself needs a repair.',
    },
  )
}
