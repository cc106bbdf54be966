/** One door: an HTTP proxy on this machine's loopback to a web server inside a node. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { CapstanError } from '../../../../shared/errors'
import { type DoorName, doorName, firstPage, judge, newSecret } from './admission'
import { Connections } from './connections'
import { answerOn, forward, forwardWebSocket, say, type Way } from './forward'
import { type Dial, NodeAgent } from './node-agent'

/** Nothing but a browser knows the name of a door, so only the time before a request has to be short. */
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
}
const MOST_HEADERS = 100
/** A port that is free for IPv4 may be taken for IPv6. */
const TRIES = 10

export interface DoorOptions {
  readonly node: string
  readonly port: number
  readonly dial: Dial
}

export class Door {
  readonly #name: DoorName
  readonly #servers: readonly TcpServer[]
  readonly #agent: NodeAgent
  readonly #connections = new Connections()
  readonly #way: Way

  private constructor(server: Server, others: readonly TcpServer[], { node, port, dial }: DoorOptions) {
    this.#servers = [server, ...others]
    this.#agent = new NodeAgent(dial)
    // A server that listens has an address with a port.
    this.#name = doorName(newSecret(), newSecret(), (server.address() as AddressInfo).port)
    const inNode = port === 80 ? 'localhost' : `localhost:${port}`
    this.#way = {
      agent: this.#agent,
      names: { door: this.#name, node: inNode },
      nobody: nobodyAnswers(node, port),
    }
    server.maxHeadersCount = MOST_HEADERS
    server.on('connection', (socket) => this.#connections.add(socket))
    server.on('clientError', refuseMalformed)
    server.on('request', (request, response) => this.#request(request, response))
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    for (const other of others) other.on('connection', (socket) => server.emit('connection', socket))
  }

  /** Listens on a free port of every loopback address, so that no other program gets what is meant for the door. */
  static async open(options: DoorOptions): Promise<Door> {
    for (let turn = 1; ; turn++) {
      const server = createServer(LIMITS)
      await listening(server, '127.0.0.1', 0)
      const other = createTcpServer()
      try {
        await listening(other, '::1', (server.address() as AddressInfo).port)
        return new Door(server, [other], options)
      } catch (error) {
        if (isWithoutIpv6(error)) return new Door(server, [], options)
        server.close()
        if (turn === TRIES) throw error
      }
    }
  }

  /** The address for Capstan's own page. It leads to the first page of the server in the node. */
  get url(): string {
    return this.#name.origin + this.#name.entrance
  }

  close(): void {
    for (const server of this.#servers) server.close()
    this.#connections.close()
    this.#agent.destroy()
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    response.once('close', this.#connections.busy(request.socket))
    if (this.#isAdmitted(request, response)) forward(request, response, this.#way)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.once('close', this.#connections.busy(socket))
    const response = () => answerOn(request, socket)
    const verdict = judge(request, this.#name)
    const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket'
    if (!isWebSocket) say(response(), 400, 'A door carries HTTP and WebSockets.')
    else if (verdict.kind === 'forward') forwardWebSocket(request, socket, head, this.#way)
    else say(response(), 403, 'This connection is refused.')
  }

  #isAdmitted(request: IncomingMessage, response: ServerResponse): boolean {
    const verdict = judge(request, this.#name)
    if (verdict.kind === 'forward') return true
    if (verdict.kind === 'entrance') enter(response, firstPage(request.url ?? ''))
    else say(response, verdict.status, `This connection is refused. ${verdict.message}`)
    return false
  }
}

/** This machine has no loopback address of IPv6, so nobody else can listen on it either. */
function isWithoutIpv6(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(EADDRNOTAVAIL|EAFNOSUPPORT)$/.test(String(error.code))
  )
}

/** A page that goes on by itself. The request that follows comes from the door's own site. */
function enter(response: ServerResponse, path: string): void {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  }
  response.writeHead(200, headers).end(`<!doctype html><meta http-equiv="refresh" content="0;url=${path}">\n`)
}

/** What is no HTTP ends here. The node never sees it. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex & { bytesWritten?: number }): void {
  // An answer that has begun cannot become another one.
  if (!socket.writable || error.code === 'ECONNRESET' || socket.bytesWritten) return void socket.destroy()
  const answer = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'
  socket.end(answer, () => socket.destroy())
}

async function listening(server: TcpServer, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

function nobodyAnswers(node: string, port: number): CapstanError {
  return new CapstanError('not-found', `Nothing answers on port ${port} of ${node}.`, {
    help: 'Start the container or service that publishes it, then load this page again. The port of a service answers only where the kernel has IPVS; the settings say whether it has.',
  })
}
