/** The one window of the app: it shows nothing but the app, and comes back where it was closed. */
import { join } from 'node:path'
import { app, BrowserWindow, dialog, type Session, screen, shell } from 'electron'
import { mayDownload, mayNavigate, mayOpenOutside, mayShowInFrame, mayUse } from './policy'
import { onScreen, readWindowState, saveWindowState } from './window-state'

/** @param address a page of the app */
export function openWindow(dataFolder: string, preload: string, address: string): BrowserWindow {
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
      webviewTag: false,
      // Middle clicks would open windows past the handler below.
      disableBlinkFeatures: 'Auxclick',
      devTools: !app.isPackaged,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    saveWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  lockDown(window)
  void window.loadURL(address)
  return window
}

interface Navigation {
  readonly isMainFrame: boolean
  readonly url: string
  preventDefault(): void
}

function lockDown(window: BrowserWindow): void {
  const { webContents } = window
  webContents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void openOutside(window, url)
    return { action: 'deny' }
  })
  webContents.on('will-navigate', (event, url) => {
    if (!mayNavigate(url)) event.preventDefault()
  })
  const refuseStrangers = (event: Navigation) => {
    if (event.isMainFrame ? !mayNavigate(event.url) : !mayShowInFrame(event.url)) event.preventDefault()
  }
  webContents.on('will-frame-navigate', refuseStrangers)
  webContents.on('will-redirect', refuseStrangers)
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  refusePermissions(webContents.session)
}

/** Without each of these handlers, Electron says yes to what it stands for. */
function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) => {
    answer(mayUse({ permission, origin: requestingUrl, isMainFrame }))
  })
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    mayUse({ permission, origin, isMainFrame }),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault()
    choose(null)
  })
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault()
    choose('')
  })
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
  session.on('will-download', (event, item) => {
    if (!mayDownload(item.getURL())) event.preventDefault()
  })
}

/** A page of a lab can open addresses without a click, so the person sees where each leads. */
async function openOutside(window: BrowserWindow, url: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Open this address in your browser?',
    detail: url,
    buttons: ['Cancel', 'Open'],
    defaultId: 1,
    cancelId: 0,
  })
  if (response === 1 && mayOpenOutside(url)) await shell.openExternal(url)
}
