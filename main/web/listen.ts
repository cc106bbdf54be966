/** Finds a port for the host. */
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { CapstanError } from '../../shared/errors'

export const ADDRESS = '127.0.0.1'

/**
 * The host's own ports lie below those that systems give to whoever asks for any port, which doors to nodes do. So the
 * host never gets a port at which a page of a lab has left a service worker or files in the browser's cache.
 */
const OWN_PORTS = { from: 20_000, to: 32_768 }
const TRIES = 20

/**
 * @param asked the port that the user wants, or 0 for any
 * @param last the port of the last start, which is tried first where any will do
 * @throws CapstanError `port-in-use`
 */
export async function listen(server: Server, asked: number, last: number | null): Promise<void> {
  if (asked > 0) {
    if (await tryPort(server, asked)) return
    throw new CapstanError('port-in-use', `Port ${asked} is in use.`, {
      help: 'Choose another with --port, or leave it out for any free one.',
    })
  }
  if (last !== null && (await tryPort(server, last))) return
  for (let tries = 0; tries < TRIES; tries++) {
    if (await tryPort(server, randomInt(OWN_PORTS.from, OWN_PORTS.to))) return
  }
  // Twenty ports in use are no chance any more: the system knows one that is free.
  await tryPort(server, 0)
}

/** @returns whether the port was free */
async function tryPort(server: Server, port: number): Promise<boolean> {
  server.listen(port, ADDRESS)
  try {
    await once(server, 'listening')
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

/** Systems reserve some ports, and then refuse them as if they were privileged. */
function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'EADDRINUSE' || (code === 'EACCES' && process.platform === 'win32')
}
