/** Opens a port to the host: a WebSocket in a browser, a message port in the desktop app. */
import { messagePort, type Port, webSocketPort } from '../../main/api'
import { takePageKey } from './page-key'

export function openHostPort(): Promise<Port> {
  return isDesktop() ? openMessagePort() : openWebSocket()
}

function isDesktop(): boolean {
  return window.location.protocol === 'app:'
}

/** Read again for each try, because another tab may have got a newer one. */
function pageKey(): string {
  return takePageKey({ location: window.location, history: window.history, storage: window.localStorage })
}

async function openWebSocket(): Promise<Port> {
  return webSocketPort(new WebSocket(`ws://${window.location.host}/`, [`capstan.${pageKey()}`]))
}

/**
 * Whether the host runs and does not let this page in. A browser does not tell that of a WebSocket, so the page asks
 * for itself.
 */
export async function isHostRefusing(): Promise<boolean> {
  if (isDesktop()) return false
  try {
    const path = `/?${new URLSearchParams({ key: pageKey() })}`
    return (await fetch(path, { method: 'HEAD', cache: 'no-store' })).status === 401
  } catch {
    return false
  }
}

/** Asks the preload for a port. It answers with a message that carries one. */
function openMessagePort(): Promise<Port> {
  return new Promise((resolve) => {
    const receive = ({ data, ports: [port], source }: MessageEvent) => {
      if (source !== window || data !== 'capstan-port' || !port) return
      window.removeEventListener('message', receive)
      resolve(messagePort(port))
    }
    window.addEventListener('message', receive)
    window.postMessage('capstan-connect', window.origin)
  })
}
