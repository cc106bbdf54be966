/** Sends a file to the host in parts. */
import { LARGEST_FOREIGN_FILE, LARGEST_PART } from '../../../main/api'
import { base64Of, type PageClient } from '../../api'

interface SendOptions {
  readonly signal: AbortSignal
  /** The share that has been sent, 0 to 1. */
  readonly onSent: (share: number) => void
}

/** @returns the name by which the host knows the file @throws Error for a file that is too large */
export async function sendFile(
  api: PageClient,
  file: File,
  { signal, onSent }: SendOptions,
): Promise<string> {
  if (file.size > LARGEST_FOREIGN_FILE)
    throw new Error(`${file.name} is larger than 20 MB. Divide it, and import the parts one after the other.`)
  const { importId } = await api.call(
    'exchange.begin',
    { fileName: file.name.slice(-255), size: file.size },
    signal,
  )
  for (let offset = 0; offset < file.size; offset += LARGEST_PART) {
    const data = await base64Of(file.slice(offset, offset + LARGEST_PART))
    await api.call('exchange.part', { importId, offset, data }, signal)
    onSent(Math.min(1, (offset + LARGEST_PART) / file.size))
  }
  return importId
}
