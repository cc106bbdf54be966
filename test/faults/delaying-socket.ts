/** A slow way to an engine. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/**
 * Opens a socket that hands everything on to the engine, and each piece of its answers back after a delay. The delay may
 * be changed at any time.
 */
export async function delayingSocket(path: string, engine: string) {
  const delay = { ms: 0 }
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ path: engine, allowHalfOpen: true })
    const late = new Transform({
      transform: (part, _encoding, done) => void setTimeout(done, delay.ms, null, part).unref(),
    })
    client.pipe(upstream).pipe(late).pipe(client)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      // What breaks on one side breaks on the other one too.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
  }).listen(path)
  await once(server, 'listening')
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { delay, [Symbol.asyncDispose]: close }
}
