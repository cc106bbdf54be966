/** The desktop shell: the life cycle and the window. The page reaches everything else through the contract. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain } from 'electron'
import { engineHome, resourcesFolder } from '../../engine'
import { contract, serve, toWire } from '../api'
import { App, createHandlers, installLastResort, Notices } from '../services'
import { dataFolder, lockStore, openStore } from '../store'
import { isTrustedSender } from './policy'
import { mainPort } from './port'
import { registerScheme, servePage } from './protocol'
import { openWindow } from './window'

const PRELOAD = join(dirname(fileURLToPath(import.meta.url)), '../preload/preload.cjs')

let window: BrowserWindow | null = null

async function main(): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit()
  registerScheme()
  await app.whenReady()
  const resources = app.isPackaged ? process.resourcesPath : resourcesFolder()
  const capstan = await openApp(resources)
  servePage(join(app.getAppPath(), 'dist/renderer'))
  servePort(capstan)
  buildMenu()
  window = openWindow(capstan.options.store.folder, PRELOAD)
  focusOnSecondStart()
  quitCleanly(capstan)
  const { log, options } = capstan
  installLastResort({
    log,
    notices: options.notices,
    shutDown: () => app.quit(),
    exit: (code) => app.exit(code),
  })
  await capstan.start()
}

async function openApp(resources: string): Promise<App> {
  const folder = dataFolder()
  const notices = new Notices()
  const store = await openStore(folder, (message) => notices.add('warning', message))
  app.once('quit', lockStore(folder))
  return new App({
    store,
    notices,
    engineHome: engineHome(),
    resources,
    version: app.getVersion(),
    desktop: true,
  })
}

/** Gives each page its own port. A reload closes the old one. */
function servePort(capstan: App): void {
  const handlers = createHandlers(capstan)
  ipcMain.on('connect', ({ sender, senderFrame }) => {
    if (!isTrustedSender(senderFrame?.url)) return
    const { port1, port2 } = new MessageChannelMain()
    serve(contract, handlers, mainPort(port1), {
      onInternalError: (error, name) => capstan.log.error('call failed', error, { name }),
    })
    sender.postMessage('port', null, [port2])
  })
}

function buildMenu(): void {
  const isMac = process.platform === 'darwin'
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' as const }] : []),
      { role: 'fileMenu' },
      { role: 'editMenu' },
      { role: 'viewMenu' },
      { role: 'windowMenu' },
    ]),
  )
}

function focusOnSecondStart(): void {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
}

/** Releases the engine before the process ends. */
function quitCleanly(capstan: App): void {
  let isDone = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (isDone) return
    event.preventDefault()
    void capstan.dispose().finally(() => {
      isDone = true
      app.quit()
    })
  })
}

main().catch((error: unknown) => {
  const { message, help } = toWire(error)
  dialog.showErrorBox('Capstan cannot start', help ? `${message}\n\n${help}` : message)
  app.exit(1)
})
