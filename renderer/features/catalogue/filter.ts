/** The filter of the catalogue. The functions are pure. */
import type { LabSummary } from '../../../main/api'
import { statusOf } from '../../path'

export interface Filter {
  readonly text: string
  readonly domain: string
  readonly difficulty: string
  readonly status: string
}

export const NO_FILTER: Filter = { text: '', domain: '', difficulty: '', status: '' }

/** @param objectives the words of the lab's objectives */
export function matchesFilter(
  lab: LabSummary,
  { text, domain, difficulty, status }: Filter,
  objectives: readonly string[] = [],
): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const haystack = [lab.title, lab.summary, lab.id, lab.domain, ...lab.objectives, ...objectives]
    .join(' ')
    .toLowerCase()
  return (
    words.every((word) => haystack.includes(word)) &&
    (!domain || lab.domain === domain) &&
    (!difficulty || lab.difficulty === difficulty) &&
    (!status || statusOf(lab) === status)
  )
}

const DOMAIN_NAMES: Readonly<Record<string, string>> = {
  orchestration: 'Orchestration',
  images: 'Images and registries',
  installation: 'Installation and configuration',
  networking: 'Networking',
  security: 'Security',
  storage: 'Storage and volumes',
}

export function domainName(domain: string): string {
  return DOMAIN_NAMES[domain] ?? domain
}

/** The domains of the labs in the order of the exam's outline. Unknown domains come last. */
export function domainsOf(labs: readonly LabSummary[]): string[] {
  const there = new Set(labs.map((lab) => lab.domain))
  const known = Object.keys(DOMAIN_NAMES).filter((domain) => there.has(domain))
  return [...known, ...[...there].filter((domain) => !known.includes(domain)).sort()]
}
