/** Makes a topology a lab: its images, its files, its set-up. */
import { CapstanError } from '../../shared/errors'
import { preloadedEverywhere } from '../images'
import type { LoadedLab, Task } from '../labs'
import type { LabNode } from '../node'
import type { Topology } from '../topology'

/** A set-up script that takes longer than this is taken to hang. */
const SCRIPT_LIMIT_MS = 120_000
const PULL_LIMIT_MS = 60_000

export interface PrepareOptions {
  readonly lab: LoadedLab
  readonly topology: Topology
  readonly onActivity: (text: string) => void
  readonly signal: AbortSignal
}

/**
 * Brings in what the lab has and runs its set-up.
 * @throws CapstanError `image-failed`, `lab-invalid` with the script's own words when one fails
 */
export async function prepareLab({ lab, topology, onActivity, signal }: PrepareOptions): Promise<void> {
  await preload(lab, topology, onActivity)
  for (const file of lab.files) await topology.node(file.on).copyIn(file.from, file.to)
  if (lab.setup.length === 0) return
  onActivity('Setting the scene')
  await runTasks(lab.setup, topology, signal)
}

async function preload(
  lab: LoadedLab,
  topology: Topology,
  onActivity: (text: string) => void,
): Promise<void> {
  const names = lab.images
    .filter(({ name, preloaded }) => preloaded && !preloadedEverywhere().includes(name))
    .map(({ name }) => name)
  if (names.length === 0) return
  onActivity('Bringing in the images')
  await Promise.all(topology.nodes.map((node) => pullAll(node, names)))
}

async function pullAll(node: LabNode, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const pulled = await node.exec(['docker', 'pull', '-q', name], { limitMs: PULL_LIMIT_MS })
    if (pulled.exitCode === 0) continue
    throw new CapstanError(
      'image-failed',
      `${name} could not be brought into ${node.name}: ${pulled.stderr.trim()}`,
      {
        help: 'Reset the lab; `capstan setup` prepares the images anew.',
      },
    )
  }
}

/**
 * Runs scripts in nodes, and lets things happen to nodes, one after the other.
 * @throws CapstanError `lab-invalid` with the script's own words when one fails
 */
export async function runTasks(
  tasks: readonly Task[],
  topology: Topology,
  signal: AbortSignal,
): Promise<void> {
  for (const task of tasks) {
    if ('action' in task) await topology.switchNode(task.on, task.action)
    else await runScript(task, topology.node(task.on), signal)
  }
}

async function runScript(
  { file, text }: { readonly file: string; readonly text: string },
  node: LabNode,
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, stdout, stderr } = await node.script(text, { limitMs: SCRIPT_LIMIT_MS, signal })
  if (exitCode === 0) return
  const words = (stderr || stdout).trim().split('\n').slice(-3).join(' ')
  throw new CapstanError(
    'lab-invalid',
    `The set-up script ${file} failed with exit code ${exitCode}: ${words}`,
    {
      help: 'Reset the lab; if it fails again, the lab itself needs a repair.',
    },
  )
}
