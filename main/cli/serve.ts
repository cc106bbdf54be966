/** `capstan serve`: the app on loopback, until a signal stops it. */
import { once } from 'node:events'
import { engineHome, resourcesFolder } from '../../engine'
import { within } from '../../shared/system/wait'
import { contract, serve } from '../api'
import { App, createHandlers, installLastResort, Notices } from '../services'
import { dataFolder, lockStore, openStore } from '../store'
import { startWebHost, type WebHost } from '../web'
import { EXIT, type Output, report } from './output'

/** All labs of a slow disk. */
const START_LIMIT_MS = 60_000
const CLOSE_LIMIT_MS = 3_000

export interface ServeOptions extends Output {
  readonly port: number
  readonly version: string
  /** The folder of the built page. */
  readonly page: string
}

export async function serveApp(options: ServeOptions, stopped: AbortSignal): Promise<number> {
  const data = dataFolder()
  const notices = new Notices()
  // The lock comes first, because opening the store sets damaged files aside.
  const unlock = lockStore(data)
  const store = await openStore(data, (message) => notices.add('warning', message))
  const resources = resourcesFolder()
  const app = new App({
    store,
    notices,
    engineHome: engineHome(),
    resources,
    version: options.version,
    desktop: false,
  })
  const failed = new AbortController()
  const removeLastResort = installLastResort({
    log: app.log,
    notices,
    shutDown: () => failed.abort(),
    exit: (code) => process.exit(code),
  })
  try {
    await serveUntil(app, AbortSignal.any([stopped, failed.signal]), options)
    return failed.signal.aborted ? EXIT.failures : EXIT.done
  } catch (error) {
    // Whoever stops it while it starts has it stopped.
    if (stopped.aborted && error === stopped.reason) return EXIT.done
    throw error
  } finally {
    await app.dispose()
    removeLastResort()
    unlock()
  }
}

async function serveUntil(app: App, signal: AbortSignal, options: ServeOptions): Promise<void> {
  const host = await openHost(app, options)
  try {
    // The browser fetches the page while the labs are read.
    announce(host, options)
    await within(() => app.start(signal), {
      limitMs: START_LIMIT_MS,
      waitsFor: 'the labs to be read',
      signal,
    })
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    await within(() => host.close(), { limitMs: CLOSE_LIMIT_MS, waitsFor: 'the pages to be closed' })
  }
}

async function openHost(app: App, { port, page: folder }: ServeOptions): Promise<WebHost> {
  const handlers = createHandlers(app)
  const onInternalError = (error: unknown, name: string) => app.log.error('call failed', error, { name })
  return await startWebHost({
    port,
    folder,
    data: app.options.store.folder,
    onPage: (page) => void serve(contract, handlers, page, { onInternalError }),
    onError: (error) => app.log.error('web host', error),
  })
}

/** The token is printed once, and not where reports go, because those end up in logs. */
function announce({ url }: WebHost, output: Output): void {
  output.out(`${JSON.stringify({ url })}\n`)
  const { origin } = new URL(url)
  report(
    output,
    `Capstan runs. Open the address above in your browser; the token in it is a password.
The same browser then finds it at ${origin}/, also after a restart. Stop it with Ctrl+C.`,
  )
}
