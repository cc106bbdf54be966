/** Fetches an export from the host, part by part. */
import type { ExportReady } from '../../../main/api'
import type { PageClient } from '../../api'

export async function fetchExport(
  api: PageClient,
  { exportId }: Pick<ExportReady, 'exportId'>,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (let isLast = false; !isLast; ) {
    const part = await api.call('exchange.exported', { exportId, offset })
    const bytes = Uint8Array.from(atob(part.data), (letter) => letter.charCodeAt(0))
    parts.push(bytes)
    offset += bytes.length
    isLast = part.isLast
  }
  return new Blob(parts)
}
