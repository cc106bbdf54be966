/** Keeps what is open on the bench of a session in this browser, so that a reload shows it again. */
import { z } from 'zod'
import { Tiling } from './tiling'

/** The benches that were left longest ago are forgotten. */
const MOST_BENCHES = 30
const INDEX = 'capstan.benches'

const Preview = z.strictObject({ node: z.string(), port: z.number(), path: z.string() })
/** A port of a node that is shown, and the page of it. */
export type KeptPreview = Readonly<z.infer<typeof Preview>>

const Bench = z.strictObject({
  /** The tab that was chosen last. */
  chosenId: z.string().nullable(),
  previews: z.array(Preview).max(50).readonly(),
  /** The names that the student has given to terminals, by their ids. */
  names: z.record(z.string(), z.string()),
  tiling: Tiling.default([]),
})
export type KeptBench = Readonly<z.infer<typeof Bench>>

const EMPTY: KeptBench = { chosenId: null, previews: [], names: {}, tiling: [] }

const keyOf = (sessionId: string) => `capstan.bench.${sessionId}`

/** @returns an empty bench when nothing was kept, or when something else has written there */
export function readKeptBench(storage: Storage, sessionId: string): KeptBench {
  try {
    return Bench.parse(JSON.parse(storage.getItem(keyOf(sessionId)) ?? 'null') ?? EMPTY)
  } catch {
    return EMPTY
  }
}

/** A browser that keeps nothing more shows the bench as it was at an earlier time, or as a new one. */
export function keepBench(storage: Storage, sessionId: string, bench: KeptBench): void {
  try {
    storage.setItem(keyOf(sessionId), JSON.stringify(bench))
    const others = sessionsIn(storage).filter((id) => id !== sessionId)
    for (const id of others.slice(MOST_BENCHES - 1)) storage.removeItem(keyOf(id))
    storage.setItem(INDEX, JSON.stringify([sessionId, ...others].slice(0, MOST_BENCHES)))
  } catch {
    storage.removeItem(keyOf(sessionId))
  }
}

function sessionsIn(storage: Storage): readonly string[] {
  const found = z.array(z.string()).safeParse(JSON.parse(storage.getItem(INDEX) ?? '[]'))
  return found.success ? found.data : []
}
