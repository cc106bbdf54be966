/**
 * The versions of documents on disk. A document has the version of the Capstan that wrote it. A newer one is left
 * alone; an older one is brought up to date, step by step, when it is read.
 */
import { type ZodType, z } from 'zod'

/** Makes the next version of a document. The first step makes version 2 of version 1. */
export type Migration = (document: unknown) => unknown

export interface Form<T> {
  readonly schema: ZodType<T>
  /** One step for each version after the first: the version of this Capstan is their number plus one. */
  readonly migrations: readonly Migration[]
}

export type Understood<T> =
  | { readonly kind: 'good'; readonly value: T }
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged'; readonly reason: string }

const Version = z.object({ version: z.number().int().min(1) })

/** Reads a document of any version up to this one. */
export function understand<T>(raw: unknown, { schema, migrations }: Form<T>): Understood<T> {
  const found = Version.safeParse(raw)
  const version = found.success ? found.data.version : 1
  if (version > migrations.length + 1) return { kind: 'newer' }
  try {
    const current = migrations.slice(version - 1).reduce<unknown>((document, step) => step(document), raw)
    const parsed = schema.safeParse(current)
    if (parsed.success) return { kind: 'good', value: parsed.data }
  } catch {
    // A step that cannot work on the document has another form before it than it should have.
  }
  return { kind: 'damaged', reason: 'does not have the form it should have' }
}
