/** Compares what a lab requires with the features of the engine. */
import { CapstanError } from '../../shared/errors'
import type { LoadedLab } from '../labs'
import type { OuterEngine } from '../outer'

type FeaturedEngine = Pick<OuterEngine, 'capabilities'>

/** @throws CapstanError `capability-missing` that names what the lab needs and this engine lacks */
export function assertCapabilities(engine: FeaturedEngine, lab: Pick<LoadedLab, 'requires' | 'title'>): void {
  const missing = missingCapabilities(engine, lab)
  if (missing.length === 0) return
  throw new CapstanError(
    'capability-missing',
    `"${lab.title}" needs ${missing.join(' and ')}, which this engine does not have.`,
    { help: 'Run `capstan doctor` to see why and what to do, or use another engine in the settings.' },
  )
}

/** @returns the names of what the lab requires and the engine does not have */
export function missingCapabilities(engine: FeaturedEngine, lab: Pick<LoadedLab, 'requires'>): string[] {
  const capabilities: Readonly<Record<string, unknown>> = { ...engine.capabilities }
  return lab.requires.filter((name) => !capabilities[name])
}
