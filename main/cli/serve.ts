/** `capstan serve`: the app on loopback, until it is told to stop. */
import { engineHome, resourcesFolder } from '../../engine'
import { App, createHandlers, Notices } from '../services'
import { dataFolder, lockStore, openStore } from '../store'
import { startWebHost } from '../web'
import { EXIT, type Output, tell } from './output'

export interface ServeOptions extends Output {
  readonly port: number
  readonly version: string
  /** The folder of the built page. */
  readonly page: string
}

export async function serveApp({ port, version, page }: ServeOptions, signal: AbortSignal): Promise<number> {
  const folder = dataFolder()
  const notices = new Notices()
  const store = await openStore(folder, (message) => notices.add('warning', message))
  const unlock = lockStore(folder)
  const resources = resourcesFolder()
  const app = new App({ store, notices, engineHome: engineHome(), resources, version, desktop: false })
  try {
    const host = await startWebHost({
      port,
      folder: page,
      handlers: createHandlers(app),
      onInternalError: (error, name) => app.log.error('call failed', error, { name }),
    })
    await app.start()
    process.stdout.write(`${JSON.stringify({ url: host.url })}\n`)
    tell(`Capstan is at ${host.url}\nStop it with Ctrl+C.`)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    await host.close()
    return EXIT.done
  } finally {
    await app.dispose()
    unlock()
  }
}
