/** What a lab's folder holds, read once: everything that looks at it, hashes it or copies it works on these bytes. */

export interface TreeFile {
  /** Relative to the folder that was read, with "/" between its parts; empty when a single file was read. */
  readonly path: string
  readonly isExecutable: boolean
  /** The time of the last change. It is copied, but it is no part of the hash. */
  readonly changedAt: Date
  readonly content: Buffer
}

/** Something in the folder that no lab may hold. */
export interface TreeFlaw {
  readonly path: string
  /** Follows the name of the entry: `is a link`. */
  readonly reason: string
  readonly help: string
}

export interface Tree {
  /** Sorted by path. */
  readonly files: readonly TreeFile[]
  /** Paths of the folders below, sorted. */
  readonly folders: readonly string[]
  /** Sorted by path. A tree with flaws is used for nothing but to report them. */
  readonly flaws: readonly TreeFlaw[]
  /** False when the folder itself cannot be used, or holds so much that the rest of it was not read. */
  readonly isWhole: boolean
}

/** Limits of one lab's folder, several times what the largest lab needs. */
export const LIMITS = {
  entries: 1_000,
  bytes: 16 * 1024 * 1024,
  /** Folders in folders. */
  depth: 12,
  nameBytes: 128,
} as const

/** The part of a tree at a path: a folder's content, a single file, or null when neither is there. */
export function subtree(tree: Tree, path: string): Tree | null {
  if (path === '') return tree
  const file = tree.files.find((one) => one.path === path)
  if (file) return { files: [{ ...file, path: '' }], folders: [], flaws: [], isWhole: true }
  if (!tree.folders.includes(path)) return null
  const prefix = `${path}/`
  const below = (one: string) => one.startsWith(prefix)
  const short = (one: string) => one.slice(prefix.length)
  return {
    files: tree.files.filter((one) => below(one.path)).map((one) => ({ ...one, path: short(one.path) })),
    folders: tree.folders.filter(below).map(short),
    flaws: tree.flaws.filter((one) => below(one.path)).map((one) => ({ ...one, path: short(one.path) })),
    isWhole: tree.isWhole,
  }
}
