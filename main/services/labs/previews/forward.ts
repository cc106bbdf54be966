/** Carries requests that have passed a door into the node, and their answers back. */
import { type ClientRequest, request as httpRequest, type IncomingMessage, ServerResponse } from 'node:http'
import { type Duplex, pipeline } from 'node:stream'
import { CapstanError } from '../../../../shared/errors'
import { intoNode, type Names, toBrowser } from './headers'
import type { NodeAgent } from './node-agent'

export interface Way {
  readonly agent: NodeAgent
  readonly names: Names
  /** The error for a server that ends without an answer. */
  readonly nobody: CapstanError
}

/** Methods of requests that may be sent twice, and have no body that was sent already. */
const REPEATABLE = new Set(['GET', 'HEAD'])

/** Carries one request. Its body and the body of its answer pass as they come. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  way: Way,
  isSecond = false,
): void {
  const sent = ask(request, way, [])
  sent.once('response', (answer) => reply(answer, response, way))
  sent.once('error', (error) => {
    // The server in the node may close a kept connection at the moment at which it is used again.
    const isAgain = sent.reusedSocket && REPEATABLE.has(request.method ?? '') && !isSecond
    if (isAgain && !response.headersSent && !response.destroyed) forward(request, response, way, true)
    else explain(response, error, way)
  })
  sent.once('upgrade', (_answer, inner) => {
    // Nobody has asked for another protocol.
    inner.destroy()
    explain(response, null, way)
  })
  response.once('close', () => sent.destroy())
  if (isSecond) sent.end()
  else request.pipe(sent)
}

/** Carries the start of a WebSocket, and then all that it sends in both directions. */
export function forwardWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer, way: Way): void {
  const response = answerOn(request, socket)
  const sent = ask(request, way, ['Connection', 'Upgrade', 'Upgrade', 'websocket'])
  sent.once('upgrade', (answer, inner, first) => {
    if (socket.destroyed) return inner.destroy()
    response.detachSocket(socket as never)
    socket.write(switching(answer, way))
    socket.write(first)
    inner.write(head)
    inner.pipe(socket).pipe(inner)
    // A connection with one side is of no use to a WebSocket.
    inner.once('close', () => socket.end())
    socket.once('close', () => inner.destroy())
  })
  sent.once('response', (answer) => reply(answer, response, way))
  sent.once('error', (error) => explain(response, error, way))
  socket.once('close', () => sent.destroy())
  sent.end()
}

/** An answer to a request whose connection the server has handed over. It ends with the answer. */
export function answerOn(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  // The types ask for a socket of the network, but the response uses only what every duplex has.
  response.assignSocket(socket as never)
  response.once('finish', () => socket.end())
  return response
}

function ask(
  { method, url, rawHeaders }: IncomingMessage,
  { agent, names }: Way,
  more: string[],
): ClientRequest {
  return httpRequest({
    agent,
    host: 'node',
    method,
    path: url,
    setHost: false,
    // Node's types leave out the form of names and values in turn.
    headers: [...intoNode(rawHeaders, names), ...more] as never,
  })
}

function reply(answer: IncomingMessage, response: ServerResponse, way: Way): void {
  try {
    response.writeHead(answer.statusCode ?? 0, toBrowser(answer.rawHeaders, way.names))
  } catch (error) {
    // The server in the node may answer with a status that there is not.
    answer.destroy()
    explain(response, error, way)
    return
  }
  pipeline(answer, response, () => undefined)
}

function switching({ rawHeaders }: IncomingMessage, { names }: Way): string {
  const headers = [...toBrowser(rawHeaders, names), 'Connection', 'Upgrade', 'Upgrade', 'websocket']
  const lines = headers.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${headers[at + 1]}`] : []))
  return ['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n')
}

/** Ends a request with an answer that a browser shows. */
function explain(response: ServerResponse, error: unknown, { nobody }: Way): void {
  if (response.headersSent) return void response.destroy()
  const { message, help } = error instanceof CapstanError ? error : nobody
  say(response, 502, `${message} ${help ?? ''}`.trim())
}

/** Answers with words. */
export function say(response: ServerResponse, status: number, words: string): void {
  const headers = {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    Connection: 'close',
  }
  response.writeHead(status, headers).end(`${words}\n`)
}
