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

/**
 * Answers with a file. Names under assets/ carry a hash of their content, so browsers may keep those files.
 * @param headers come on top of those of the file
 */
export async function sendFile(
  folder: string,
  urlPath: string,
  response: ServerResponse,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const path = filePath(folder, urlPath)
  const status = path ? await stat(path).catch(() => null) : null
  if (!path || !status?.isFile()) {
    response.writeHead(404).end('Not found')
    return
  }
  const isForever = urlPath.startsWith('/assets/')
  response.writeHead(200, {
    'Content-Type': contentType(path),
    'Content-Length': status.size,
    'Cache-Control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...headers,
  })
  if (response.req.method === 'HEAD') {
    response.end()
    return
  }
  // A browser that went away, or a file that was removed meanwhile, ends this answer and nothing else.
  await pipeline(createReadStream(path), response).catch(() => response.destroy())
}
