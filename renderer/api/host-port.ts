/** Opens a port to the host: a WebSocket in a browser, a message port in the desktop app. */
import { messagePort, type Port, webSocketPort } from '../../main/api'
import { takeToken } from './token'

export function openHostPort(): Promise<Port> {
  return window.location.protocol === 'app:' ? openMessagePort() : openWebSocket()
}

function openWebSocket(): Promise<Port> {
  const token = takeToken({
    location: window.location,
    history: window.history,
    storage: window.sessionStorage,
  })
  return Promise.resolve(webSocketPort(new WebSocket(`ws://${window.location.host}/`, [`capstan.${token}`])))
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
