/** The bodies of answers, read as far as a limit. */
import type { Readable } from 'node:stream'
import { Bytes } from './bytes'
import { nonsense } from './json'

/** An answer about a thousand containers is about 1.5 MB. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * Reads a body to its end, or gives it up.
 * @throws CapstanError `engine-refused` for a body of more than `mostBytes`; the connection is closed then
 */
export async function readBody(
  body: Readable,
  {
    doing,
    signal,
    mostBytes = MOST_BYTES,
  }: { doing: string; signal: AbortSignal; mostBytes?: number | undefined },
): Promise<Buffer> {
  const bytes = new Bytes()
  const stop = () => body.destroy(signal.reason)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    // Leaving the loop destroys the body, and its connection with it.
    for await (const chunk of body) {
      bytes.add(chunk as Buffer)
      if (bytes.length > mostBytes) throw nonsense(doing, `is larger than ${mostBytes} bytes`)
    }
    return bytes.take()
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
