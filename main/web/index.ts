/**
 * The loopback web host: the page's files, and one WebSocket for each page.
 *
 * No request, no frame and no broken connection ends the host: each listener has a guard of its own.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { stretched } from '../../shared/time-limits'
import type { Port } from '../api'
import { type Answer, answerTo, plain } from './entry'
import { type Guarded, refusal, securityHeaders } from './guard'
import { keepAddress, readAddress } from './kept-address'
import { ADDRESS, listen } from './listen'
import { newToken } from './secrets'
import { LARGEST_MESSAGE, socketPort } from './socket-port'
import { sendFile } from './static-files'

export { securityHeaders } from './guard'
export { servedAddress } from './kept-address'
export { contentType, filePath } from './static-files'

export interface WebHostOptions {
  /** 0 takes the port of the last start, or any free one. */
  readonly port: number
  /** The built renderer. */
  readonly folder: string
  /** The data folder. Port and token are kept there for the next start. Without it they are new at each start. */
  readonly data?: string
  /** Called with the port of each page that was let in. */
  readonly onPage: (port: Port) => void
  /** Called for faults that cost one request or one page, and not the host. */
  readonly onError?: (error: unknown) => void
}

export interface WebHost {
  /** The address of the page, with the token that it needs. */
  readonly url: string
  close(): Promise<void>
}

interface Serving extends Guarded {
  readonly folder: string
  readonly onPage: (port: Port) => void
  readonly onError: (error: unknown) => void
}

/** How long one end of a connection may keep the other waiting. The sizes are those of Node. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
}
/** Each page has one connection for good, and some for its files. */
const MOST_CONNECTIONS = 512
const MOST_PAGES = 100
/** How long a socket may stay after the host has answered that it closes it. */
const FAREWELL_MS = 2_000
/** How long pages may take to answer that the host closes. */
const CLOSING_MS = 500

/** @throws CapstanError `port-in-use`, or the system's error when the address cannot be kept */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { folder, data, onPage, onError = () => undefined } = options
  const kept = data === undefined ? null : await readAddress(data)
  const token = kept?.token ?? newToken()
  const server = createServer(LIMITS)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
  })
  server.maxConnections = MOST_CONNECTIONS
  await listen(server, options.port, kept?.port ?? null)
  const { port } = server.address() as AddressInfo
  guard(server, sockets, { port, token, folder, onPage, onError })
  if (data !== undefined) await keepAddress(data, { port, token })
  return { url: `http://${ADDRESS}:${port}/?token=${token}`, close: () => closeAll(server, sockets) }
}

function guard(server: Server, sockets: WebSocketServer, serving: Serving): void {
  const { port, onError } = serving
  const headers = securityHeaders(`ws://127.0.0.1:${port} ws://localhost:${port}`)
  server.on('error', onError)
  sockets.on('error', onError)
  server.on('clientError', (_error, socket) => turnAway(socket, 400, 'Bad Request'))
  server.on('request', (request, response) => {
    for (const stream of [request, response]) stream.on('error', () => response.destroy())
    void answer(request, response, { serving, headers })
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that resets the connection is gone. Without a listener its error would end the process.
    socket.on('error', () => socket.destroy())
    try {
      letIn(sockets, serving, { request, socket, head })
    } catch (error) {
      onError(error)
      socket.destroy()
    }
  })
}

interface Answering {
  readonly serving: Serving
  readonly headers: Readonly<Record<string, string>>
}

/** Answers a request whatever it holds. It never rejects. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { serving, headers }: Answering,
): Promise<void> {
  try {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const { method, url, headers: asked } = request
    const given = answerTo({ method, url, headers: asked }, serving)
    if ('file' in given) await sendFile(serving.folder, given.file, response, given.headers)
    else send(response, given)
  } catch (error) {
    serving.onError(error)
    if (response.headersSent) response.destroy()
    else send(response, plain(400, 'Bad request'))
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) })
  response.end(response.req.method === 'HEAD' ? '' : body)
}

interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

function letIn(sockets: WebSocketServer, serving: Serving, { request, socket, head }: Upgrade): void {
  const { host, origin, 'sec-websocket-protocol': protocols, cookie: cookies } = request.headers
  const reason = refusal({ host, origin, protocols, cookies }, serving)
  if (reason) turnAway(socket, 403, 'Forbidden', reason)
  else if (sockets.clients.size >= MOST_PAGES) turnAway(socket, 503, 'Service Unavailable', 'too many pages')
  else sockets.handleUpgrade(request, socket, head, (open) => accept(open, serving))
}

/** A page that cannot be served is let go. */
function accept(socket: WebSocket, { onPage, onError }: Serving): void {
  const port = socketPort(socket)
  try {
    onPage(port)
  } catch (error) {
    onError(error)
    socket.terminate()
  }
}

/** Says why, and closes the socket also when its other end stays silent. */
function turnAway(socket: Duplex, status: number, name: string, reason = ''): void {
  const end = setTimeout(() => socket.destroy(), stretched(FAREWELL_MS))
  socket.once('close', () => clearTimeout(end))
  if (!socket.writable) return void socket.destroy()
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${name}\r\nConnection: close\r\n\r\n${reason}`)
}

/** Lets what was sent arrive: the last frame may tell why the host closes. */
async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  const stopped = new Promise((resolve) => server.close(resolve))
  const gone = [...sockets.clients].map((socket) => once(socket, 'close'))
  for (const socket of sockets.clients) socket.close(1001, 'Capstan closes')
  await Promise.race([Promise.allSettled(gone), sleep(stretched(CLOSING_MS))])
  for (const socket of sockets.clients) socket.terminate()
  server.closeAllConnections()
  await stopped
}
