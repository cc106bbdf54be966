/** The loopback web host: static files, and one WebSocket for each page. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { CapstanError } from '../../shared/errors'
import type { Port } from '../api'
import { isOurHost, refusal, securityHeaders } from './guard'
import { sendFile } from './static-files'

export { securityHeaders } from './guard'
export { contentType, filePath } from './static-files'

export interface WebHostOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** The built renderer. */
  readonly folder: string
  /** Called with the port of each page that was let in. */
  readonly onPage: (port: Port) => void
}

export interface WebHost {
  /** The address of the page, with the token that it needs. */
  readonly url: string
  close(): Promise<void>
}

const ADDRESS = '127.0.0.1'
/** Larger than the largest file that the editor saves. */
const LARGEST_FRAME = 4 * 1024 * 1024

/** @throws CapstanError `port-in-use` */
export async function startWebHost({ folder, onPage, ...options }: WebHostOptions): Promise<WebHost> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false })
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo
  const headers = securityHeaders(`ws://127.0.0.1:${port} ws://localhost:${port}`)

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(request, response, { port, folder })
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that resets the connection is gone. Without a listener its error would end the process.
    socket.on('error', () => socket.destroy())
    const { host, origin, 'sec-websocket-protocol': protocols } = request.headers
    const reason = refusal({ host, origin, protocols }, { port, token })
    if (reason) return void socket.end(`HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n${reason}`)
    sockets.handleUpgrade(request, socket, head, (open) => onPage(socketPort(open)))
  })
  return { url: `http://${ADDRESS}:${port}/?token=${token}`, close: () => closeAll(server, sockets) }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, ADDRESS)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new CapstanError('port-in-use', `Port ${port} is in use.`, {
      help: 'Choose another with --port, or leave it out for any free one.',
      cause: error,
    })
  })
}

function answer(
  { headers, method, url = '/' }: IncomingMessage,
  response: ServerResponse,
  { port, folder }: { readonly port: number; readonly folder: string },
): void {
  if (!isOurHost(headers.host, port)) return void response.writeHead(421).end('Wrong host')
  if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { Allow: 'GET, HEAD' }).end()
  // Not parsed as a URL: "//" is a path that a client may send, and no URL.
  void sendFile(folder, url.replace(/[?#].*$/s, ''), response)
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

/** A port over one accepted WebSocket. Text that is not JSON closes it. */
function socketPort(socket: WebSocket): Port {
  // Frames that are too large or malformed have closed the socket when this is called.
  socket.on('error', () => undefined)
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    onFrame: (listener) => {
      const receive = (data: Buffer) => {
        const frame = parsed(data)
        if (frame) listener(frame.value)
        else socket.close(1003, 'not JSON')
      }
      socket.on('message', receive)
      return () => void socket.off('message', receive)
    },
    onClose: (listener) => {
      socket.on('close', listener)
      return () => void socket.off('close', listener)
    },
  }
}

/** Null for what is not JSON. */
function parsed(data: Buffer): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(data.toString()) }
  } catch {
    return null
  }
}
