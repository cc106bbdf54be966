/** What a code fence says of itself: ```` ```sh ```` can be run, ```` ```sh copy ```` only copied, ```` ```sh node=worker1 ```` runs there. */

export interface Fence {
  readonly language: string
  readonly runs: boolean
  /** The node it runs in, or null for the one whose terminal is open. */
  readonly node: string | null
}

const SHELLS = new Set(['sh', 'bash', 'shell'])

export function readFence(language: string, meta: string): Fence {
  const words = meta.split(/\s+/).filter(Boolean)
  const node = words.find((word) => word.startsWith('node='))?.slice('node='.length) || null
  return { language, node, runs: SHELLS.has(language) && !words.includes('copy') }
}
