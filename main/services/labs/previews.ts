/**
 * Previews of ports inside nodes. Each is a listener on this machine's loopback that carries every connection into the
 * node, over the engine's own API, so that it works with an engine anywhere.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { CapstanError } from '../../../shared/errors'
import type { PreviewView } from '../../api'
import type { Sessions } from './sessions'

/** A browser asks for many things at once, but not for this many. */
const MOST_CONNECTIONS = 64

interface Target {
  readonly sessionId: string
  readonly node: string
  readonly port: number
}

interface Preview {
  readonly sessionId: string
  readonly server: Server
  readonly sockets: Set<Socket>
  readonly view: PreviewView
}

export class Previews {
  readonly #sessions: () => Pick<Sessions, 'get'>
  readonly #open = new Map<string, Promise<Preview>>()

  /** @param sessions throws CapstanError `no-engine` while there is no engine */
  constructor(sessions: () => Pick<Sessions, 'get'>) {
    this.#sessions = sessions
  }

  /** Opens a preview of a port of a node, or finds the one that is open. @throws CapstanError `not-found` */
  async open(sessionId: string, node: string, port: number): Promise<PreviewView> {
    this.#sessions().get(sessionId).node(node)
    const key = `${sessionId}/${node}:${port}`
    const known = this.#open.get(key)
    if (known) return (await known).view
    const preview = this.#listen({ sessionId, node, port })
    this.#open.set(key, preview)
    preview.catch(() => this.#open.delete(key))
    return (await preview).view
  }

  /** The session is gone: closes every preview of its nodes. */
  async closeSession(sessionId: string): Promise<void> {
    for (const [key, opening] of this.#open) {
      if (!key.startsWith(`${sessionId}/`)) continue
      this.#open.delete(key)
      await closed(opening)
    }
  }

  async dispose(): Promise<void> {
    const all = [...this.#open.values()]
    this.#open.clear()
    await Promise.all(all.map(closed))
  }

  async #listen(target: Target): Promise<Preview> {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      socket.on('error', () => socket.destroy())
      this.#carry(socket, target).catch((error: unknown) => refuse(socket, error))
    })
    server.maxConnections = MOST_CONNECTIONS
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    const local = typeof address === 'object' && address ? address.port : 0
    const { sessionId, node, port } = target
    return { sessionId, server, sockets, view: { node, port, url: `http://127.0.0.1:${local}/` } }
  }

  async #carry(socket: Socket, { sessionId, node, port }: Target): Promise<void> {
    const first = await firstChunk(socket)
    if (!isForUs(first, socket.localPort ?? 0)) return refuse(socket, new Error('This name is not ours.'))
    const inner = await this.#sessions().get(sessionId).node(node).dial(port)
    let isAnswered = false
    inner.once('data', () => {
      isAnswered = true
    })
    const ended = () => {
      if (isAnswered) socket.end()
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

async function closed(opening: Promise<Preview>): Promise<void> {
  // A preview that could not be opened has nothing to close; the one who asked for it got the error.
  const preview = await opening.catch(() => null)
  preview?.server.close()
  for (const socket of preview?.sockets ?? []) socket.destroy()
}

/** In every protocol that a browser speaks the client begins. */
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

/** Ends a connection with an answer that a browser shows. */
function refuse(socket: Socket, error: unknown): void {
  const { message, help } =
    error instanceof CapstanError ? error : { message: 'This connection is refused.', help: null }
  const body = `${message} ${help ?? ''}\n`
  const head = [
    'HTTP/1.1 502 Bad Gateway',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
