/** The Docker Engines that nodes can have, and where their programs come from. */
import { CapstanError } from '../../shared/errors'
import { ENGINE_VERSION } from '../labs'

/** The suites of Debian whose packages nodes are made of. */
export type Suite = 'bookworm' | 'trixie' | 'forky'

export interface PackagedEngine {
  /** Major and minor version, such as "26.1". */
  readonly version: string
  readonly suite: Suite
}

/** One engine for each suite, the oldest first. Testing (forky) moves: its version is checked when its image is built. */
const PACKAGED_ENGINES: readonly PackagedEngine[] = [
  { version: '20.10', suite: 'bookworm' },
  { version: '26.1', suite: 'trixie' },
  { version: '28.5', suite: 'forky' },
]

/** The engine of nodes that ask for none: that of Debian stable. */
export const DEFAULT_ENGINE = '26.1'

/** The versions that Debian's packages give, the oldest first. */
export function packagedVersions(): string[] {
  return PACKAGED_ENGINES.map(({ version }) => version)
}

/** @returns null for a version that only a registry may have */
export function packagedEngine(version: string): PackagedEngine | null {
  return PACKAGED_ENGINES.find((engine) => engine.version === version) ?? null
}

/** @throws CapstanError `bad-input` for what is no version, with the versions that are always there */
export function engineVersion(text: string): string {
  if (ENGINE_VERSION.test(text)) return text
  throw new CapstanError('bad-input', `"${text.slice(0, 40)}" is not a version of Docker.`, {
    help: `Write one of ${packagedVersions().join(', ')}, or another one such as 27.3 where a registry answers.`,
  })
}
