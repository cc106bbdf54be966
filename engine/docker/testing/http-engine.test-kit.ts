/** An engine that speaks HTTP on a socket and answers as a test wants it. It also records what it was asked. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { DockerClient } from '../client'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** Values that are JSON, such as `filters`, are read. */
  readonly query: Readonly<Record<string, unknown>>
  /** JSON where it is JSON, else the text. */
  readonly body: unknown
}

export interface HttpEngine extends AsyncDisposable {
  readonly client: DockerClient
  readonly socket: string
  /** The requests that `answer` and `answerFrom` have seen, in their order. */
  readonly seen: readonly SeenRequest[]
  /** Gives every later request to a listener of the test. */
  handle(listener: RequestListener): void
  /** Answers every later request with a status and a value. */
  answer(status: number, value?: unknown): void
  /** Answers each path with its value, and any other with 404. */
  answerFrom(values: Readonly<Record<string, unknown>>): void
  /** Hands over the connection of every command that is started. */
  onCommand(serve: (connection: Duplex) => void): void
  /** Ends all connections and listens no more. */
  stop(): Promise<void>
}

export async function openHttpEngine(): Promise<HttpEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'capstan-http-engine-'))
  const socket = join(folder, 'docker.sock')
  const seen: SeenRequest[] = []
  let listener: RequestListener = (_request, response) => void response.writeHead(404).end('{}')
  const connections = new Set<Duplex>()
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const client = DockerClient.to({ kind: 'socket', path: socket })

  const answerBy = (reply: (request: SeenRequest) => { status: number; value: unknown }) => {
    listener = async (request, response) => {
      const one = await read(request)
      seen.push(one)
      const { status, value } = reply(one)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(status === 204 ? undefined : JSON.stringify(value))
    }
  }
  const stop = async () => {
    server.closeAllConnections()
    // The server does not count connections that it has handed over.
    for (const connection of connections) connection.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    client,
    socket,
    seen,
    handle: (next) => {
      listener = next
    },
    answer: (status, value = {}) => answerBy(() => ({ status, value })),
    answerFrom: (values) =>
      answerBy(({ path }) =>
        path in values ? { status: 200, value: values[path] } : { status: 404, value: {} },
      ),
    onCommand: (serve) => {
      server.on('upgrade', (_request, connection) => {
        connections.add(connection.on('error', () => connection.destroy()))
        connection.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
        serve(connection)
      })
    },
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A frame of the engine's multiplexed stream. */
export function frame(stream: 1 | 2, payload: string | Uint8Array): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(stream, 0)
  header.writeUInt32BE(Buffer.byteLength(payload), 4)
  return Buffer.concat([header, Buffer.from(payload)])
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const { method = '', url = '' } = request
  const { pathname, searchParams } = new URL(url, 'http://engine')
  const query = Object.fromEntries([...searchParams].map(([name, value]) => [name, readValue(value)]))
  return { method, path: decodeURIComponent(pathname), query, body: readValue(await text(request)) }
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
