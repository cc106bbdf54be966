/** Looks for a document on disk: the file itself, else the copy of its last state. Looking changes nothing. */
import { basename } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { JsonFile } from './json-file'
import { isAt } from './private-files'
import { type Form, type Understood, understand } from './versions'

export interface Place<T> extends Form<T> {
  readonly path: string
  readonly initial: T
}

export interface Found<T> {
  readonly value: T
  readonly from: 'document' | 'copy' | 'initial'
  /** What is wrong with the document; null for a good one, and where there is none. */
  readonly reason: string | null
}

/** The copy of a document's last state. */
export function copyOf(path: string): string {
  return `${path}.copy`
}

/**
 * @param read reads the document's file; the copy is always a `JsonFile`
 * @throws CapstanError `store-corrupt` when the file cannot be read, or is of a newer Capstan
 */
export async function look<T>(place: Place<T>, read?: () => Promise<unknown>): Promise<Found<T>> {
  const { path, initial } = place
  const document = await lookAt(path, { place, read })
  if (document?.kind === 'newer') throw newerError(path)
  if (document?.kind === 'good') return { value: document.value, from: 'document', reason: null }
  const copy = await lookAt(copyOf(path), { place }).catch(() => null)
  if (copy?.kind === 'newer') throw newerError(path)
  const reason = document?.reason ?? null
  return copy?.kind === 'good'
    ? { value: copy.value, from: 'copy', reason }
    : { value: initial, from: 'initial', reason }
}

/**
 * Reads a document of a folder that another process may have open: it stays as it is, also when it is damaged.
 * @param onProblem is told what is wrong with it, and what is used instead
 * @throws CapstanError, see `look`
 */
export async function readDocument<T>(place: Place<T>, onProblem: (message: string) => void): Promise<T> {
  const { value, from, reason } = await look(place)
  const next = from === 'copy' ? 'uses the copy of its last state' : 'goes on without it'
  if (reason !== null)
    onProblem(`${basename(place.path)} ${reason}. It was left as it is, and Capstan ${next}.`)
  return value
}

interface LookOptions<T> {
  readonly place: Place<T>
  readonly read?: (() => Promise<unknown>) | undefined
}

/** Null when there is no file. */
async function lookAt<T>(
  path: string,
  { place, read = () => new JsonFile(path).read() }: LookOptions<T>,
): Promise<Understood<T> | null> {
  try {
    return (await isAt(path)) ? understand(await read(), place) : null
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'damaged', reason: 'is not complete JSON' }
    throw readError(place.path, error)
  }
}

function newerError(path: string): CapstanError {
  return new CapstanError('store-corrupt', `${path} was written by a newer Capstan.`, {
    help: 'Update Capstan to open it, or name another folder with CAPSTAN_DATA. Nothing in it was changed.',
  })
}

/** The document could not be read, or its folder not be used. */
export function readError(path: string, cause: unknown): CapstanError {
  return new CapstanError('store-corrupt', `${path} could not be read.`, {
    help: 'See that you may read and write its folder.',
    cause,
  })
}
