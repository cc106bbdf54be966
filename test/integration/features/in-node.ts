/** Commands of the feature tests in a node: those that must succeed, those that must be refused, and waiting. */

import type { LabNode } from '../../../engine/node'
import { isCapstanError } from '../../../shared/errors'

const RUN_LIMIT_MS = 30_000
const UNTIL_LIMIT_MS = 20_000

/**
 * Runs a bash script that must succeed in each of its commands.
 * @returns what it printed, without the last newline
 */
export async function run(node: LabNode, text: string, limitMs = RUN_LIMIT_MS): Promise<string> {
  const { exitCode, stdout, stderr } = await node.script(`set -euo pipefail\n${text}`, { limitMs })
  if (exitCode !== 0) throw new Error(`Exit code ${exitCode} of: ${text}\n${stdout}${stderr}`)
  return stdout.trimEnd()
}

/**
 * Runs a command that must fail.
 * @returns what it said on standard error
 */
export async function refused(node: LabNode, text: string, limitMs = RUN_LIMIT_MS): Promise<string> {
  const { exitCode, stdout, stderr } = await node.script(text, { limitMs })
  if (exitCode === 0) throw new Error(`Succeeded, though it must not: ${text}\n${stdout}`)
  return stderr.trimEnd()
}

/** Waits in the node until a bash condition is true. */
export async function until(node: LabNode, condition: string, limitMs = UNTIL_LIMIT_MS): Promise<void> {
  try {
    await node.script(`until { ${condition}\n} >/dev/null 2>&1; do sleep 0.1; done`, { limitMs })
  } catch (error) {
    if (!isCapstanError(error, 'engine-timeout')) throw error
    const now = await node.script(`timeout 5 bash -c ${quoted(condition)}`).catch(() => null)
    throw new Error(`Not true within ${limitMs} ms: ${condition}\n${now?.stdout ?? ''}${now?.stderr ?? ''}`)
  }
}

/** The answer of `docker inspect` in a Go template. */
export async function inspect(node: LabNode, name: string, template: string): Promise<string> {
  return await run(node, `docker inspect --format ${quoted(template)} ${quoted(name)}`)
}

/** Quotes a text so that the shell reads it as one word. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
