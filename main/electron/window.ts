/** The one window of the app: it shows nothing but the app, and comes back where it was closed. */
import { join } from 'node:path'
import { BrowserWindow, screen, shell } from 'electron'
import { APP_ORIGIN, mayNavigate, mayOpenOutside } from './policy'
import { onScreen, readWindowState, saveWindowState } from './window-state'

export function openWindow(dataFolder: string, preload: string): BrowserWindow {
  const stateFile = join(dataFolder, 'window.json')
  const { maximized, ...bounds } = onScreen(
    readWindowState(stateFile),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Capstan',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    saveWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  lockDown(window)
  void window.loadURL(`${APP_ORIGIN}/index.html`)
  return window
}

function lockDown({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  webContents.on('will-navigate', (event, url) => {
    if (!mayNavigate(url)) event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.session.setPermissionRequestHandler((_contents, permission, answer) => {
    // A page may only ask for the clipboard, with which the terminal copies and pastes.
    answer(permission === 'clipboard-sanitized-write' || permission === 'clipboard-read')
  })
}
