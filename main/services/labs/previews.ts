/**
 * Doors to ports inside nodes: each is a listener on this machine's loopback that carries every connection into
 * the node, over the engine's own API, so that it works with an engine anywhere.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { CapstanError, type SessionManager } from '../../../engine'
import type { PreviewView } from '../../api'

/** A browser asks for many things at once, but not for this many. */
const MOST_CONNECTIONS = 64

interface Door {
  readonly sessionId: string
  readonly server: Server
  readonly sockets: Set<Socket>
  readonly view: PreviewView
}

export class Previews {
  readonly #sessions: () => SessionManager
  readonly #doors = new Map<string, Promise<Door>>()

  constructor(sessions: () => SessionManager) {
    this.#sessions = sessions
  }

  /** Opens a door to a port of a node, or finds the one that is open. @throws CapstanError `not-found` */
  async open(sessionId: string, node: string, port: number): Promise<PreviewView> {
    this.#sessions().get(sessionId).node(node)
    const key = `${sessionId}/${node}:${port}`
    const known = this.#doors.get(key)
    if (known) return (await known).view
    const door = this.#open(sessionId, node, port)
    this.#doors.set(key, door)
    door.catch(() => this.#doors.delete(key))
    return (await door).view
  }

  /** Closes every door into the session. */
  async closeSession(sessionId: string): Promise<void> {
    for (const [key, opening] of this.#doors) {
      const door = await opening.catch(() => null)
      if (door && door.sessionId !== sessionId) continue
      this.#doors.delete(key)
      if (door) close(door)
    }
  }

  async dispose(): Promise<void> {
    const doors = await Promise.allSettled(this.#doors.values())
    this.#doors.clear()
    for (const door of doors) if (door.status === 'fulfilled') close(door.value)
  }

  async #open(sessionId: string, node: string, port: number): Promise<Door> {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      socket.on('error', () => socket.destroy())
      this.#carry(socket, { sessionId, node, port }).catch((error: unknown) => refuse(socket, error))
    })
    server.maxConnections = MOST_CONNECTIONS
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    const local = typeof address === 'object' && address ? address.port : 0
    const url = `http://127.0.0.1:${local}/`
    return { sessionId, server, sockets, view: { node, port, url } }
  }

  async #carry(
    socket: Socket,
    { sessionId, node, port }: { sessionId: string; node: string; port: number },
  ): Promise<void> {
    const first = await firstChunk(socket)
    if (!isForUs(first, socket.localPort ?? 0)) return refuse(socket, new Error('This name is not ours.'))
    const inner = await this.#sessions().get(sessionId).node(node).dial(port)
    let answered = false
    inner.once('data', () => {
      answered = true
    })
    const ended = () => {
      if (answered) socket.end()
      else refuse(socket, nobodyAnswers(node, port))
    }
    inner.once('end', ended)
    inner.once('error', ended)
    socket.once('close', () => inner.destroy())
    inner.write(first)
    socket.pipe(inner, { end: true })
    inner.pipe(socket, { end: false })
  }
}

function close({ server, sockets }: Door): void {
  server.close()
  for (const socket of sockets) socket.destroy()
}

/** Every protocol that a browser speaks begins with the client. */
async function firstChunk(socket: Socket): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    socket.once('data', (chunk: Buffer) => {
      socket.pause()
      resolve(chunk)
    })
    socket.once('close', () => reject(new Error('closed')))
  })
}

/** A page of another name that resolves to us (DNS rebinding) must not look into a lab. */
export function isForUs(first: Buffer, port: number): boolean {
  const head = first.toString('latin1')
  if (!/^[A-Z]+ \S+ HTTP\/1/.test(head)) return true
  const [, host = ''] = /\r\nhost:\s*([^\r\n]+)/i.exec(head) ?? []
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

function nobodyAnswers(node: string, port: number): CapstanError {
  return new CapstanError('not-found', `Nothing answers on port ${port} of ${node}.`, {
    help: 'Start the container or service that publishes it, then load this page again.',
  })
}

/** In words that a browser shows. */
function refuse(socket: Socket, error: unknown): void {
  const { message, help } =
    error instanceof CapstanError ? error : { message: 'This connection is refused.', help: null }
  const body = `${message} ${help ?? ''}\n`
  socket.end(
    `HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
