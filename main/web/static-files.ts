/** The renderer's built files, by path. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
}

/** The file that a URL's path names, or null when it would leave the folder. */
export function filePath(folder: string, urlPath: string): string | null {
  try {
    const path = normalize(join(folder, decodeURIComponent(urlPath === '/' ? '/index.html' : urlPath)))
    return path.startsWith(folder + sep) ? path : null
  } catch {
    return null
  }
}

export function contentType(path: string): string {
  return TYPES[extname(path)] ?? 'application/octet-stream'
}

/** What a browser that wants no gzip says of it (RFC 9110, 12.5.3). */
const REFUSED = /^gzip\s*;\s*q=0(\.0*)?$/i

/** Whether an `Accept-Encoding` allows gzip. */
export function takesGzip(accepts: string | string[] = ''): boolean {
  const codings = String(accepts)
    .split(',')
    .map((coding) => coding.trim())
  return codings.some((coding) => /^gzip\b/i.test(coding) && !REFUSED.test(coding))
}

/**
 * Answers with a file, packed where the build has packed it and the browser takes that. Names under assets/ carry a hash
 * of their content, so browsers may keep those files.
 * @param headers come on top of those of the file
 */
export async function sendFile(
  folder: string,
  urlPath: string,
  response: ServerResponse,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const path = filePath(folder, urlPath)
  const packed = path && takesGzip(response.req.headers['accept-encoding']) ? await found(`${path}.gz`) : null
  const file = packed ?? (path && (await found(path)))
  if (!path || !file) {
    response.writeHead(404).end('Not found')
    return
  }
  const isForever = urlPath.startsWith('/assets/')
  response.writeHead(200, {
    'Content-Type': contentType(path),
    'Content-Length': file.size,
    Vary: 'Accept-Encoding',
    ...(packed && { 'Content-Encoding': 'gzip' }),
    'Cache-Control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...headers,
  })
  if (response.req.method === 'HEAD') {
    response.end()
    return
  }
  // A browser that went away, or a file that was removed meanwhile, ends this answer and nothing else.
  await pipeline(createReadStream(file.path), response).catch(() => response.destroy())
}

async function found(path: string): Promise<{ readonly path: string; readonly size: number } | null> {
  const status = await stat(path).catch(() => null)
  return status?.isFile() ? { path, size: status.size } : null
}
