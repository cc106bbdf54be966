/**
 * Consent to labs that do not ship with Capstan. It belongs to the content of a lab's folder, not to its name: a lab
 * whose files have changed asks again.
 */
import type { LoadedLab } from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import type { LabConsent } from '../../api'
import type { ShippedLabs } from './shipped'

type KnownLab = Pick<LoadedLab, 'id' | 'title' | 'directory' | 'setup' | 'steps' | 'files' | 'nodes'>

export interface TrustOptions {
  readonly shipped: () => Promise<ShippedLabs>
  /** @throws CapstanError for a folder that cannot be read as a lab's */
  readonly hashOf: (directory: string) => Promise<string>
  readonly consents: {
    has(hash: string): boolean
    add(hash: string, lab: { readonly id: string; readonly folder: string }): Promise<void>
  }
  /** What a root user of a node can reach on this engine; null while there is no engine. */
  readonly isolation: () => LabConsent['isolation']
}

export class Trust {
  readonly #options: TrustOptions
  /** Hashes of the folders as they were when the labs were loaded. Labs that ship are not among them. */
  readonly #foreign = new Map<string, string>()
  #shipped: ShippedLabs = new Map()

  constructor(options: TrustOptions) {
    this.#options = options
  }

  /** Hashes the labs that were loaded just now. A folder that cannot be hashed is refused later, when it is started. */
  async look(labs: readonly KnownLab[]): Promise<void> {
    this.#shipped = await this.#options.shipped()
    this.#foreign.clear()
    await Promise.all(
      labs.map(async ({ id, directory }) => {
        const hash = await this.#options.hashOf(directory).catch(() => 'unreadable')
        if (this.#shipped.get(id) !== hash) this.#foreign.set(id, hash)
      }),
    )
  }

  /** What the person is asked before this lab may run; null for a lab that ships, or that was allowed. */
  consentFor(lab: KnownLab): LabConsent | null {
    const hash = this.#foreign.get(lab.id)
    if (hash === undefined || this.#options.consents.has(hash)) return null
    return {
      hash,
      folder: lab.directory,
      scripts: scriptsOf(lab),
      files: lab.files.length,
      isolation: this.#options.isolation(),
    }
  }

  /**
   * Keeps the person's consent. A lab that ships needs none.
   * @throws CapstanError `lab-changed` when the folder is not the one that the person was asked about
   */
  async allow(lab: KnownLab, hash: string): Promise<void> {
    const known = this.#foreign.get(lab.id)
    if (known === undefined) return
    if (known !== hash) throw changed(lab)
    await this.#assertUnchanged(lab, hash)
    await this.#options.consents.add(hash, { id: lab.id, folder: lab.directory })
  }

  /**
   * Asked before the files and scripts of a lab reach a node.
   * @throws CapstanError `consent-needed`, or `lab-changed` when its files are not those that were loaded
   */
  async assertAllowed(lab: KnownLab): Promise<void> {
    if (this.consentFor(lab)) throw consentNeeded(lab)
    const hash = this.#foreign.get(lab.id)
    // The scripts were read when the lab was loaded, and its files are read now: both must be what was allowed.
    if (hash !== undefined) await this.#assertUnchanged(lab, hash)
  }

  async #assertUnchanged(lab: KnownLab, hash: string): Promise<void> {
    if ((await this.#options.hashOf(lab.directory)) !== hash) throw changed(lab)
  }
}

function scriptsOf({ setup, steps }: KnownLab): number {
  const parts = [setup, ...steps.map((step) => step.setup)].flat()
  return parts.filter((part) => 'text' in part).length
}

function consentNeeded({ title, directory }: KnownLab): CapstanError {
  return new CapstanError(
    'consent-needed',
    `"${title}" does not ship with Capstan, and nobody has allowed it yet.`,
    {
      help: `Look at ${directory}, and allow the lab if you trust who made it.`,
    },
  )
}

function changed({ title }: KnownLab): CapstanError {
  return new CapstanError('lab-changed', `The files of "${title}" have changed since they were read.`, {
    help: 'Start Capstan again: it reads the lab again and asks for your consent to what it is now.',
  })
}
