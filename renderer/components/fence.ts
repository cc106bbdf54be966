/** Reads the info of a code fence: ```` ```sh ```` can be run, ```` ```sh copy ```` can only be copied, and ```` ```sh node=worker1 ```` runs on that node. */

export interface Fence {
  readonly language: string
  readonly runs: boolean
  /** The node on which the code runs. Null means the first node of the lab. */
  readonly node: string | null
}

const SHELLS = new Set(['sh', 'bash', 'shell'])

export function readFence(language: string, meta: string): Fence {
  const words = meta.split(/\s+/).filter(Boolean)
  const node = words.find((word) => word.startsWith('node='))?.slice('node='.length) || null
  return { language, node, runs: SHELLS.has(language) && !words.includes('copy') }
}
