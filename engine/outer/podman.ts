/** Podman answers like an engine of Docker. Lab nodes cannot be relied upon there (decision 46). */
import type { EngineVersion } from '../docker'

/** @returns the version of Podman, or null for another engine */
export function podmanVersion({ Components }: Pick<EngineVersion, 'Components'>): string | null {
  return Components?.find(({ Name }) => Name === 'Podman Engine')?.Version ?? null
}
