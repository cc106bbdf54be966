/** Names this machine, so that what it kept is told apart from what another one did. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Machines that were made from one image may share their machine id, and others their name, so both count. They are
 * hashed, because machine-id(5) asks that nobody gives it away, and what holds this name is copied.
 */
export function machineName(): string {
  const id = `${textOf('/etc/machine-id')} ${hostname()}`
  return createHash('sha256').update(id).digest('hex').slice(0, 16)
}

/** The text of a file that some systems do not have; empty there. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
