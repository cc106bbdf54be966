/** The doors of all sessions: opens them, and closes them with their session (decision 29). */
import type { PreviewView } from '../../../api'
import type { Sessions } from '../sessions'
import { Door } from './door'

interface Preview {
  readonly door: Door
  readonly view: PreviewView
}

export class Previews {
  readonly #sessions: () => Pick<Sessions, 'get'>
  readonly #open = new Map<string, Promise<Preview>>()

  /** @param sessions throws CapstanError `no-engine` while there is no engine */
  constructor(sessions: () => Pick<Sessions, 'get'>) {
    this.#sessions = sessions
  }

  /** Opens a preview of a port of a node, or finds the one that is open. @throws CapstanError `not-found` */
  async open(sessionId: string, node: string, port: number): Promise<PreviewView> {
    this.#sessions().get(sessionId).node(node)
    const key = `${sessionId}/${node}:${port}`
    const known = this.#open.get(key)
    if (known) return (await known).view
    const preview = this.#listen(sessionId, node, port)
    this.#open.set(key, preview)
    preview.catch(() => this.#open.delete(key))
    return (await preview).view
  }

  /** The session is gone: closes every preview of its nodes. */
  async closeSession(sessionId: string): Promise<void> {
    for (const [key, opening] of this.#open) {
      if (!key.startsWith(`${sessionId}/`)) continue
      this.#open.delete(key)
      await closed(opening)
    }
  }

  async dispose(): Promise<void> {
    const all = [...this.#open.values()]
    this.#open.clear()
    await Promise.all(all.map(closed))
  }

  async #listen(sessionId: string, node: string, port: number): Promise<Preview> {
    const dial = async () => await this.#sessions().get(sessionId).node(node).dial(port)
    const door = await Door.open({ node, port, dial })
    return { door, view: { node, port, url: door.url } }
  }
}

async function closed(opening: Promise<Preview>): Promise<void> {
  // A preview that could not be opened has nothing to close; the one who asked for it got the error.
  const preview = await opening.catch(() => null)
  preview?.door.close()
}
