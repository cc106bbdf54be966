/**
 * Consent to labs that do not ship with Capstan. It belongs to the content of a lab's folder, not to its name: a lab
 * whose files have changed asks again. What reaches a node is what was loaded, so nothing is looked at twice.
 */
import type { LoadedLab } from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import type { LabConsent } from '../../api'
import { nameOf, type ShippedLabs } from './shipped'

export type JudgedLab = Pick<
  LoadedLab,
  'id' | 'domain' | 'title' | 'directory' | 'hash' | 'setup' | 'steps' | 'files'
>

export interface TrustOptions {
  readonly shipped: () => ShippedLabs['hashes']
  readonly consents: {
    has(hash: string): boolean
    add(hash: string, lab: { readonly id: string; readonly folder: string }): Promise<void>
  }
  /** What a root user of a node is on this engine's computer; null while there is no engine. */
  readonly isolation: () => LabConsent['isolation']
}

export class Trust {
  readonly #options: TrustOptions

  constructor(options: TrustOptions) {
    this.#options = options
  }

  /** What the person is asked before this lab may run; null for a lab that ships, or that was allowed. */
  consentFor(lab: JudgedLab): LabConsent | null {
    const { shipped, consents, isolation } = this.#options
    if (shipped().get(nameOf(lab)) === lab.hash || consents.has(lab.hash)) return null
    return {
      hash: lab.hash,
      folder: lab.directory,
      scripts: scriptsOf(lab),
      files: lab.files.length,
      isolation: isolation(),
    }
  }

  /**
   * Keeps the person's consent. A lab that may run already needs none.
   * @throws CapstanError `lab-changed` when the lab is not the one that the person was asked about
   */
  async allow(lab: JudgedLab, hash: string): Promise<void> {
    if (!this.consentFor(lab)) return
    if (lab.hash !== hash) throw changed(lab)
    await this.#options.consents.add(hash, { id: lab.id, folder: lab.directory })
  }

  /** Asked before the files and scripts of a lab reach a node. @throws CapstanError `consent-needed` */
  assertAllowed(lab: JudgedLab): void {
    if (this.consentFor(lab)) throw consentNeeded(lab)
  }
}

/** The scripts that run without anybody typing them: those of the set-up, and those of checks that look with one. */
function scriptsOf({ setup, steps }: JudgedLab): number {
  const parts = [setup, ...steps.map((step) => step.setup)].flat()
  const checks = steps.flatMap((step) => step.checks)
  return parts.filter((part) => 'text' in part).length + checks.filter(({ kind }) => kind === 'exec').length
}

function consentNeeded({ title, directory }: JudgedLab): CapstanError {
  const message = `"${title}" does not ship with Capstan, and nobody has allowed it yet.`
  return new CapstanError('consent-needed', message, {
    help: `Look at ${directory}, and allow the lab if you trust who made it.`,
  })
}

function changed({ title }: JudgedLab): CapstanError {
  return new CapstanError('lab-changed', `The files of "${title}" are not those that you were asked about.`, {
    help: 'Look at the lab again, and answer the question about what it is now.',
  })
}
