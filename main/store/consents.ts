/** Consents to labs that do not ship with Capstan. Each belongs to the hash of a lab's folder. */
import { z } from 'zod'
import type { JsonDocument } from './document'

export const ConsentsDocument = z.object({
  version: z.literal(1),
  labs: z.record(z.string(), z.object({ id: z.string(), folder: z.string(), at: z.string() })),
})
type ConsentsDocument = z.infer<typeof ConsentsDocument>

export const NO_CONSENTS: ConsentsDocument = { version: 1, labs: {} }

export class Consents {
  readonly #document: JsonDocument<ConsentsDocument>

  constructor(document: JsonDocument<ConsentsDocument>) {
    this.#document = document
  }

  has(hash: string): boolean {
    return Object.hasOwn(this.#document.value.labs, hash)
  }

  /** @throws CapstanError `no-space`, `store-corrupt` */
  async add(hash: string, { id, folder }: { readonly id: string; readonly folder: string }): Promise<void> {
    const consent = { id, folder, at: new Date().toISOString() }
    await this.#document.update(({ labs }) => ({ version: 1, labs: { ...labs, [hash]: consent } }))
  }
}
