/** `capstan serve`: the app on loopback, until a signal stops it. */
import { once } from 'node:events'
import { engineHome, resourcesFolder } from '../../engine'
import { within } from '../../shared/system/wait'
import { contract, serve } from '../api'
import { App, createHandlers, Notices } from '../services'
import { dataFolder, lockStore, openStore } from '../store'
import { startWebHost } from '../web'
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

export async function serveApp(
  { port, version, page: folder, ...output }: ServeOptions,
  signal: AbortSignal,
): Promise<number> {
  const data = dataFolder()
  const notices = new Notices()
  // The lock comes first, because opening the store sets damaged files aside.
  const unlock = lockStore(data)
  const store = await openStore(data, (message) => notices.add('warning', message))
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
    await within(() => app.start(), { limitMs: START_LIMIT_MS, waitsFor: 'the labs to be read', signal })
    output.out(`${JSON.stringify({ url: host.url })}\n`)
    report(output, `Capstan is at ${host.url}\nStop it with Ctrl+C.`)
    if (!signal.aborted) await once(signal, 'abort')
    await within(() => host.close(), { limitMs: CLOSE_LIMIT_MS, waitsFor: 'the pages to be closed' })
    return EXIT.done
  } catch (error) {
    // Whoever stops it while it starts has it stopped.
    if (signal.aborted && error === signal.reason) return EXIT.done
    throw error
  } finally {
    await app.dispose()
    unlock()
  }
}
