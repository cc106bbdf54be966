/** A served app that a fault test can kill and start again on the same data folder. */

import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WebSocket from 'ws'
import { type Client, type Contract, connect, type contract, type Port } from '../../main/api'
import { end, serve } from '../e2e/serve'

export interface ServedApp {
  readonly api: Client<Contract>
  /** The address with the token of a page. */
  readonly url: string
  readonly process: ChildProcess
  end(signal?: NodeJS.Signals): Promise<void>
}

/** Starts `capstan serve` and calls it as a page does. */
export async function serveApp(dataDirectory: string, env: NodeJS.ProcessEnv = {}): Promise<ServedApp> {
  const { url, process: child } = await serve(dataDirectory, env)
  const { api, close } = await openPage(url)
  return {
    api,
    url,
    process: child,
    end: async (signal = 'SIGTERM') => {
      close()
      await end(child, signal)
    },
  }
}

export interface Page {
  readonly api: Client<Contract>
  close(): void
}

/** Calls the host as one more window does. @param onFrame gets each frame of the socket before anybody else */
export async function openPage(
  url: string,
  onFrame: (text: string, direction: 'in' | 'out') => void = () => undefined,
): Promise<Page> {
  const { origin, host, searchParams } = new URL(url)
  const socket = new WebSocket(`ws://${host}/`, [`capstan.${searchParams.get('token')}`], { origin })
  socket.on('message', (data) => onFrame(String(data), 'in'))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const port = portOver(socket)
  const send: Port['send'] = (frame) => {
    onFrame(JSON.stringify(frame), 'out')
    port.send(frame)
  }
  return { api: connect<typeof contract>({ ...port, send }), close: () => socket.terminate() }
}

function portOver(socket: WebSocket): Port {
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    onFrame: (listener) => {
      socket.on('message', (data) => listener(JSON.parse(String(data))))
      return () => undefined
    },
    onClose: (listener) => {
      socket.on('close', listener)
      return () => undefined
    },
  }
}

/** Waits for the first item of a stream that satisfies the condition. */
export async function until<K extends keyof Contract['streams'] & string>(
  api: Client<Contract>,
  name: K,
  input: Parameters<Client<Contract>['subscribe']>[1],
  isIt: (item: never) => boolean,
): Promise<never> {
  return await new Promise((resolve, reject) => {
    const stop = api.subscribe(name, input as never, {
      onItem: (item) => {
        if (!isIt(item as never)) return
        setImmediate(() => stop())
        resolve(item as never)
      },
      onError: reject,
    })
  })
}

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'capstan-fault-'))
  return { path, remove: async () => await rm(path, { recursive: true, force: true }) }
}
