/** Folders of labs, which anybody may have written: read within limits, hashed, and packed for nodes. */
export { type ArchiveOptions, archiveOfLabFiles } from './archive'
export { hashOfLabFolder, hashOfTree } from './hash'
export { readTree } from './read'
export { LIMITS, subtree, type Tree, type TreeFile, type TreeFlaw } from './tree'
