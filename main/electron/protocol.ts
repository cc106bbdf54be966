/** Serves the built page at app://capstan, with the headers of the web host. */
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { contentType, filePath, securityHeaders } from '../web'
import { APP_SCHEME } from './policy'

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

export function servePage(folder: string): void {
  protocol.handle(APP_SCHEME, async ({ url }) => {
    const path = filePath(folder, new URL(url).pathname)
    const content = path ? await readFile(path).catch(() => null) : null
    if (!path || !content) return new Response('Not found', { status: 404 })
    return new Response(new Uint8Array(content), {
      headers: { ...securityHeaders(''), 'Content-Type': contentType(path) },
    })
  })
}
