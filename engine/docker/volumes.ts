/** The volumes of one engine: creates, lists, measures and removes them. */
import { z } from 'zod'
import { listOf, VolumeInspectInfo, VolumeSizes } from './answers'
import { type EngineConnection, SLOW_MS } from './connection'

const VolumeList = z.object({ Volumes: listOf(VolumeInspectInfo) })

export class Volumes {
  readonly #connection: EngineConnection

  constructor(connection: EngineConnection) {
    this.#connection = connection
  }

  /** @param options what the engine's own driver mounts instead of an empty folder: `type`, `o` and `device` */
  async create(
    name: string,
    labels: Readonly<Record<string, string>>,
    options?: Readonly<Record<string, string>>,
  ): Promise<void> {
    const body = { Name: name, Labels: labels, ...(options && { DriverOpts: options }) }
    await this.#connection.send({ method: 'POST', path: '/volumes/create', body, doing: 'creating a volume' })
  }

  async remove(name: string): Promise<void> {
    await this.#connection.sendUnlessGone({
      method: 'DELETE',
      path: `/volumes/${name}`,
      query: { force: true },
      doing: 'removing a volume',
      limitMs: SLOW_MS,
    })
  }

  async list({ labels = [] }: { labels?: readonly string[] } = {}): Promise<VolumeInspectInfo[]> {
    const request = {
      path: '/volumes',
      query: { filters: { label: labels } },
      doing: 'listing volumes',
    }
    return (await this.#connection.ask(request, VolumeList)).Volumes
  }

  /**
   * Measures all volumes. The engine walks through all of their files, and engines before version 23 through their
   * images too.
   * @returns bytes by the name of the volume, without those that the engine does not know
   */
  async sizes(limitMs = SLOW_MS): Promise<Map<string, number>> {
    const request = { path: '/system/df', query: { type: 'volume' }, doing: 'measuring volumes', limitMs }
    const { Volumes } = await this.#connection.ask(request, VolumeSizes)
    return new Map(
      Volumes.flatMap(({ Name, UsageData }) =>
        UsageData && UsageData.Size >= 0 ? [[Name, UsageData.Size] as const] : [],
      ),
    )
  }
}
