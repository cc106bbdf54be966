/** The desktop shell: the life cycle and the window. The page reaches everything else through the contract. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain } from 'electron'
import { engineHome, resourcesFolder } from '../../engine'
import { ENDING_LIMIT_MS, waitsText } from '../../shared/system/ending'
import { within } from '../../shared/system/wait'
import { setTimeFactor, timeFactorIn } from '../../shared/time-limits'
import { contract, serve, toWire } from '../api'
import { App, createHandlers, installLastResort, Notices } from '../services'
import { dataFolder, lockStore, openStore } from '../store'
import { addressOfLink, LINK_SCHEME, linkIn } from './links'
import { APP_ORIGIN, isTrustedSender } from './policy'
import { mainPort } from './port'
import { registerScheme, servePage } from './protocol'
import { openWindow } from './window'

const PRELOAD = join(dirname(fileURLToPath(import.meta.url)), '../preload/preload.cjs')

let window: BrowserWindow | null = null
/** The page of a link that came before the window was there. */
let firstAddress = addressOfLink(linkIn(process.argv) ?? '')

async function main(): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit()
  takeLinks()
  registerScheme()
  await app.whenReady()
  setTimeFactor('environment', timeFactorIn(process.env))
  const resources = app.isPackaged ? process.resourcesPath : resourcesFolder()
  const capstan = await openApp(resources)
  servePage(join(app.getAppPath(), 'dist/renderer'))
  servePort(capstan)
  buildMenu()
  window = openWindow(capstan.options.store.folder, PRELOAD, firstAddress ?? `${APP_ORIGIN}/index.html`)
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
  // The lock comes first, because opening the store sets damaged files aside.
  app.once('quit', lockStore(folder))
  const store = await openStore(folder, (message) => notices.add('warning', message))
  return new App({
    store,
    notices,
    engineHome: engineHome(),
    resources,
    version: app.getVersion(),
    desktop: true,
    confirmHostTerminal,
  })
}

/** A window of the system: neither the page nor a lab can answer it. */
async function confirmHostTerminal(): Promise<boolean> {
  const question = {
    type: 'warning' as const,
    message: 'Offer terminals on this computer?',
    detail:
      'Beside the terminals of the nodes, Capstan then opens shells on this computer, with all your rights. Commands that a lab asks for belong into its nodes, not here.',
    buttons: ['Cancel', 'Offer them'],
    defaultId: 0,
    cancelId: 0,
  }
  const { response } = window
    ? await dialog.showMessageBox(window, question)
    : await dialog.showMessageBox(question)
  return response === 1
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
  app.on('second-instance', (_event, args) => {
    const link = linkIn(args)
    if (link) openLink(link)
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
}

/** Registers the app for links. macOS hands them over by an event, the other systems by the command line. */
function takeLinks(): void {
  app.setAsDefaultProtocolClient(LINK_SCHEME)
  app.on('open-url', (event, link) => {
    event.preventDefault()
    openLink(link)
  })
}

/** Shows the page that a link leads to. Nothing is started by it. */
function openLink(link: string): void {
  const address = addressOfLink(link)
  if (!address) return
  if (window) void window.loadURL(address)
  else firstAddress = address
}

/** Releases the engine before the process ends. A second wish to quit ends it at once, and so does the limit. */
function quitCleanly(capstan: App): void {
  let isQuitting = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (isQuitting) return app.exit(0)
    isQuitting = true
    const disposed = within(() => capstan.dispose(), { limitMs: ENDING_LIMIT_MS, waitsFor: 'Capstan to end' })
    disposed
      .catch((error: unknown) => capstan.log.error('quit without waiting', error, { waits: waitsText() }))
      .finally(() => app.exit(0))
  })
}

main().catch((error: unknown) => {
  const { message, help } = toWire(error)
  dialog.showErrorBox('Capstan cannot start', help ? `${message}\n\n${help}` : message)
  app.exit(1)
})
