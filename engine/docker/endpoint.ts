/** The place where a Docker Engine listens: the forms that DOCKER_HOST takes, as typed values. */
import { existsSync, readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { join } from 'node:path'
import type { DockerOptions } from 'dockerode'
import { CapstanError } from '../../shared/errors'

export type Endpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp'
      readonly host: string
      readonly port: number
      readonly tlsDirectory: string | null
      /** The files are those of a Docker context: each may be missing, and the engine may stay unverified. */
      readonly contextTls?: { readonly skipVerify: boolean }
    }
  | {
      readonly kind: 'ssh'
      readonly host: string
      /** Null leaves it to the user's ssh configuration. */
      readonly port: number | null
      readonly user: string | null
    }

/** Plain and TLS ports of the engine (docs.docker.com, "Protect the Docker daemon socket"). */
const PLAIN_PORT = 2375
const TLS_PORT = 2376

/**
 * Reads `unix:///path`, `npipe:////./pipe/name`, `tcp://host[:port]` or `ssh://[user@]host[:port]`.
 *
 * @param tlsDirectory folder with ca.pem, cert.pem and key.pem; with it a tcp endpoint uses TLS
 * @throws CapstanError `bad-input`, which names the forms
 */
export function parseEndpoint(text: string, tlsDirectory: string | null = null): Endpoint {
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(text)
  if (socket?.[1]) return { kind: 'socket', path: socket[1] }
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.hostname && (url.protocol === 'tcp:' || url.protocol === 'https:' || url.protocol === 'http:')) {
    const port = Number(url.port) || (tlsDirectory ? TLS_PORT : PLAIN_PORT)
    return { kind: 'tcp', host: url.hostname, port, tlsDirectory }
  }
  if (url?.hostname && url.protocol === 'ssh:') {
    return {
      kind: 'ssh',
      host: url.hostname,
      port: Number(url.port) || null,
      user: decodeURIComponent(url.username) || null,
    }
  }
  throw new CapstanError('bad-input', `"${text}" is not the address of a Docker Engine.`, {
    help: 'Write it as unix:///path/to/docker.sock, tcp://host:2376 or ssh://user@host.',
  })
}

/** Writes an endpoint in the form that DOCKER_HOST takes. */
export function endpointText(endpoint: Endpoint): string {
  if (endpoint.kind === 'socket') return `unix://${endpoint.path}`
  if (endpoint.kind === 'tcp') return `tcp://${endpoint.host}:${endpoint.port}`
  const user = endpoint.user === null ? '' : `${encodeURIComponent(endpoint.user)}@`
  return `ssh://${user}${endpoint.host}${endpoint.port === null ? '' : `:${endpoint.port}`}`
}

/** dockerode's types leave out the agent that its modem takes. */
export type ConnectOptions = DockerOptions & { readonly agent?: Agent }

/** @throws CapstanError `bad-input` when the TLS files cannot be read */
export function connectOptions(endpoint: Exclude<Endpoint, { kind: 'ssh' }>): ConnectOptions {
  if (endpoint.kind === 'socket') return { socketPath: endpoint.path }
  const { host, port, tlsDirectory, contextTls } = endpoint
  if (tlsDirectory && contextTls) {
    const agent = new Agent({ ...filesOfContext(tlsDirectory), rejectUnauthorized: !contextTls.skipVerify })
    return { protocol: 'https', host, port, agent }
  }
  return {
    protocol: tlsDirectory ? 'https' : 'http',
    host,
    port,
    ...(tlsDirectory && tlsFiles(tlsDirectory)),
  }
}

function tlsFiles(directory: string): { ca: Buffer; cert: Buffer; key: Buffer } {
  try {
    const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) =>
      readFileSync(join(directory, name)),
    )
    return { ca, cert, key } as { ca: Buffer; cert: Buffer; key: Buffer }
  } catch (error) {
    throw new CapstanError('bad-input', `The TLS files in ${directory} cannot be read.`, {
      help: 'The folder must hold ca.pem, cert.pem and key.pem, readable by you.',
      cause: error,
    })
  }
}

/** Those that are there. Without its own authority, an engine is verified by those of this computer. */
function filesOfContext(directory: string): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const files = ['ca', 'cert', 'key'].flatMap((name) => {
    const path = join(directory, `${name}.pem`)
    return existsSync(path) ? [[name, readTlsFile(path)] as const] : []
  })
  return Object.fromEntries(files)
}

function readTlsFile(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new CapstanError('bad-input', `${path} cannot be read.`, {
      help: 'Make it readable for you, or create the Docker context again.',
      cause: error,
    })
  }
}
