/** The one window: locked down, remembered. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrowserWindow, screen, shell } from 'electron'
import { APP_ORIGIN, FIRST_WINDOW, mayNavigate, mayOpenOutside, onScreen, type WindowState } from './policy'

export function openWindow(dataFolder: string, preload: string): BrowserWindow {
  const stateFile = join(dataFolder, 'window.json')
  const { maximized, ...bounds } = onScreen(
    readState(stateFile),
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
    writeFileSync(stateFile, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }))
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
    // The terminal's copy and paste are the one thing a page may ask for.
    answer(permission === 'clipboard-sanitized-write' || permission === 'clipboard-read')
  })
}

function readState(path: string): WindowState {
  try {
    return existsSync(path) ? { ...FIRST_WINDOW, ...JSON.parse(readFileSync(path, 'utf8')) } : FIRST_WINDOW
  } catch {
    // A spoilt file costs the window's place, nothing more.
    return FIRST_WINDOW
  }
}
