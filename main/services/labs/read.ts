/** Reads the labs of this computer: those that ship with Capstan, and those in folders that the person names. */
import { delimiter, join, resolve } from 'node:path'
import { type LabResult, loadCatalogue, loadLab } from '../../../engine'
import { readShippedLabs, type ShippedLabs } from '../trust'

export interface ReadLabs {
  readonly results: readonly LabResult[]
  readonly shipped: ShippedLabs
}

/** Folders of the form `<domain>/<lab>`: ours, then those of `CAPSTAN_LABS`, separated as in PATH. */
export function labFolders(resources: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const others = (env.CAPSTAN_LABS ?? '').split(delimiter).filter(Boolean)
  return [join(resources, 'labs'), ...others.map((folder) => resolve(folder))]
}

export interface ReadLabsOptions {
  readonly folders?: readonly string[]
  readonly signal?: AbortSignal | undefined
  /** Called with all labs each time when more of them have been read. Without it a slow disk is waited for. */
  readonly onLate?: (results: readonly LabResult[]) => void
}

/**
 * Reads all labs. A lab that ships keeps its id, whoever else has one of that name.
 * @throws the signal's reason
 */
export async function readLabs(
  resources: string,
  { folders = labFolders(resources), signal, onLate }: ReadLabsOptions = {},
): Promise<ReadLabs> {
  const shipped = await readShippedLabs(join(resources, 'labs'))
  const results = await loadCatalogue(folders, {
    shipped: [...shipped.hashes.keys()],
    read: (folder, ends) => loadLab(folder, ends, shipped.parsed),
    signal,
    ...(onLate && { onLate }),
  })
  return { results, shipped }
}
