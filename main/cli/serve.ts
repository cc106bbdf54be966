/** `capstan serve`: the app on loopback, until a signal stops it. */
import { once } from 'node:events'
import { engineHome, resourcesFolder } from '../../engine'
import { contract, serve } from '../api'
import { App, createHandlers, Notices } from '../services'
import { dataFolder, lockStore, openStore } from '../store'
import { startWebHost } from '../web'
import { EXIT, type Output, report } from './output'

export interface ServeOptions extends Output {
  readonly port: number
  readonly version: string
  /** The folder of the built page. */
  readonly page: string
}

export async function serveApp(
  { port, version, page: folder, ...output }: ServeOptions,
  signal: AbortSignal,
): Promise<number> {
  const data = dataFolder()
  const notices = new Notices()
  const store = await openStore(data, (message) => notices.add('warning', message))
  const unlock = lockStore(data)
  const resources = resourcesFolder()
  const app = new App({ store, notices, engineHome: engineHome(), resources, version, desktop: false })
  const handlers = createHandlers(app)
  const onInternalError = (error: unknown, name: string) => app.log.error('call failed', error, { name })
  try {
    const host = await startWebHost({
      port,
      folder,
      onPage: (page) => void serve(contract, handlers, page, { onInternalError }),
    })
    await app.start(signal).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
    output.out(`${JSON.stringify({ url: host.url })}\n`)
    report(output, `Capstan is at ${host.url}\nStop it with Ctrl+C.`)
    if (!signal.aborted) await once(signal, 'abort')
    await host.close()
    return EXIT.done
  } finally {
    await app.dispose()
    unlock()
  }
}
