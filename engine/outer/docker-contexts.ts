/**
 * The contexts of the Docker command line: which one is in use, and where its engine listens.
 *
 * The format is that of the command line's own store (github.com/docker/cli, cli/context/store and cli/context/docker):
 * `config.json` names the current context, `contexts/meta/<sha256 of the name>/meta.json` describes one, and
 * `contexts/tls/<the same>/docker` has its ca.pem, cert.pem and key.pem, each of which may be missing. Other programs
 * write these files too, so nothing in them is believed before it is parsed.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { CapstanError } from '../../shared/errors'
import { readBeginning } from '../../shared/system/part-of-file'
import { type Endpoint, parseEndpoint } from '../docker'

/** Bytes. The file may hold credentials of many registries. */
const MOST_CONFIG_BYTES = 1024 * 1024
const MOST_META_BYTES = 64 * 1024
/** The name of the context that is no context: the usual socket. */
const NO_CONTEXT = 'default'

/** As the command line allows it (cli/context/store, restrictedNamePattern). */
const ContextName = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/)
const Config = z.object({ currentContext: z.string().max(200).optional() })
const Meta = z.object({
  Name: ContextName,
  Endpoints: z.object({
    docker: z.object({ Host: z.string().min(1).max(1000), SkipTLSVerify: z.boolean().optional() }),
  }),
})

export interface ChosenContext {
  readonly name: string
  /** DOCKER_CONTEXT names one for this process. The current one may have been made current by a program. */
  readonly source: 'environment' | 'config'
}

/** The folder of the command line's files. */
export function dockerConfigFolder(env: NodeJS.ProcessEnv, home = homedir()): string {
  return env.DOCKER_CONFIG || join(home, '.docker')
}

/**
 * The context that the command line would use, where DOCKER_HOST names no engine.
 * @returns null for none
 * @throws CapstanError `bad-input` that names the file that cannot be read
 */
export function chosenContext(env: NodeJS.ProcessEnv, folder: string): ChosenContext | null {
  const named = env.DOCKER_CONTEXT
  if (named) return named === NO_CONTEXT ? null : { name: named, source: 'environment' }
  const path = join(folder, 'config.json')
  if (!existsSync(path)) return null
  const { currentContext: name } = parsed(path, Config, MOST_CONFIG_BYTES)
  return name && name !== NO_CONTEXT ? { name, source: 'config' } : null
}

/**
 * Reads where the engine of a context listens.
 * @throws CapstanError `not-found` for an unknown context, `bad-input` that names the file that cannot be read
 */
export function readContext(name: string, folder: string): Endpoint {
  const id = createHash('sha256').update(name).digest('hex')
  const path = join(folder, 'contexts/meta', id, 'meta.json')
  if (!ContextName.safeParse(name).success || !existsSync(path)) throw unknownContext(name, folder)
  const { Name, Endpoints } = parsed(path, Meta, MOST_META_BYTES)
  if (Name !== name) throw unreadable(path, `it describes the context ${Name}`)
  const { Host, SkipTLSVerify: skipVerify = false } = Endpoints.docker
  const directory = join(folder, 'contexts/tls', id, 'docker')
  const hasTls = existsSync(directory) || skipVerify
  const endpoint = addressIn(path, Host, hasTls ? directory : null)
  if (endpoint.kind !== 'tcp' || endpoint.tlsDirectory === null) return endpoint
  return { ...endpoint, contextTls: { skipVerify } }
}

function addressIn(path: string, host: string, tlsDirectory: string | null): Endpoint {
  try {
    return parseEndpoint(host, tlsDirectory)
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error))
  }
}

function parsed<T extends z.ZodType>(path: string, schema: T, mostBytes: number): z.infer<T> {
  const text = beginning(path, mostBytes + 1)
  if (text.length > mostBytes) throw unreadable(path, `it is larger than ${mostBytes / 1024} KiB`)
  const result = schema.safeParse(json(path, text.toString()))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw unreadable(path, `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'unknown'}`)
}

function beginning(path: string, most: number): Buffer {
  try {
    return readBeginning(path, most)
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error))
  }
}

function json(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own words show a piece of the file, which may be a password.
    throw unreadable(path, 'it is not JSON')
  }
}

function unreadable(path: string, why: string): CapstanError {
  return new CapstanError('bad-input', `${path} cannot be used: ${why}.`, {
    help: 'See what `docker context ls` says, or choose an engine in the settings.',
  })
}

function unknownContext(name: string, folder: string): CapstanError {
  return new CapstanError('not-found', `There is no Docker context ${JSON.stringify(name)} in ${folder}.`, {
    help: '`docker context ls` lists those that are there. DOCKER_CONFIG names another folder.',
  })
}
