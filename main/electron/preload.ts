/** Hands the page its port, and does nothing else. */
import { ipcRenderer } from 'electron'

ipcRenderer.on('port', ({ ports }) => {
  window.postMessage('capstan-port', window.origin, [...ports])
})
window.addEventListener('message', ({ data, source }) => {
  if (source === window && data === 'capstan-connect') ipcRenderer.send('connect')
})
