/** The loopback web host: static files, and the contract over one WebSocket a page. */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { CapstanError } from '../../engine'
import { type Contract, contract, type Handlers, type Port, serve } from '../api'
import { isOurHost, refusal, securityHeaders } from './guard'
import { sendFile } from './static-files'

export { securityHeaders } from './guard'
export { contentType, filePath } from './static-files'

export interface WebHostOptions {
  /** 0 for any free one. */
  readonly port: number
  /** The built renderer. */
  readonly folder: string
  readonly handlers: Handlers<Contract>
  readonly onInternalError: (error: unknown, name: string) => void
}

export interface WebHost {
  /** With the token that the page needs. */
  readonly url: string
  close(): Promise<void>
}

const ADDRESS = '127.0.0.1'
/** Larger than the largest file that the editor saves. */
const LARGEST_FRAME = 4 * 1024 * 1024

/** @throws CapstanError `port-in-use` */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false })
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo
  const headers = securityHeaders(`ws://127.0.0.1:${port} ws://localhost:${port}`)

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (!isOurHost(request.headers.host, port)) return response.writeHead(421).end('Wrong host')
    if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end()
    void sendFile(options.folder, new URL(request.url ?? '/', 'http://x').pathname, response)
    return undefined
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host, origin, 'sec-websocket-protocol': protocols } = request.headers
    const reason = refusal({ host, origin, protocols }, { port, token })
    if (reason) return void socket.end(`HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n${reason}`)
    sockets.handleUpgrade(request, socket, head, (open) => {
      serve(contract, options.handlers, socketPort(open), options)
    })
  })
  return { url: `http://${ADDRESS}:${port}/?token=${token}`, close: () => closeAll(server, sockets) }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error)
      return reject(
        new CapstanError('port-in-use', `Port ${port} is in use.`, {
          help: 'Choose another with --port, or leave it out for any free one.',
          cause: error,
        }),
      )
    })
    server.listen(port, ADDRESS)
  })
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

/** A port over one accepted WebSocket. Text that is not JSON ends it. */
function socketPort(socket: WebSocket): Port {
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    onFrame: (listener) => {
      const receive = (data: Buffer) => {
        try {
          listener(JSON.parse(data.toString()))
        } catch {
          socket.close(1003, 'not JSON')
        }
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
