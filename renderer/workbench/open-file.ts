/** What becomes of an open file when the node's own is looked at. The functions are pure. */
import { type Found, isUnsaved, type OpenFile } from './kept-files'

export function opened(path: string, { content, version }: Found): OpenFile {
  return { path, saved: content, text: content, version, theirs: null, revision: 0 }
}

/** A file that is not in the node yet. */
export function created(path: string): OpenFile {
  return opened(path, { content: '', version: 'none' })
}

/**
 * The node's file was read again. A text without changes of the student becomes what the node has; otherwise both are
 * kept, and the student decides.
 * @param found null for a file that is not there any more
 */
export function met(file: OpenFile, found: Found | null): OpenFile {
  if (!found) {
    // A new file was never there, so nobody has deleted it.
    return file.version === 'none' ? file : { ...file, saved: null, version: 'none', theirs: null }
  }
  if (found.version === file.version) return file.theirs ? { ...file, theirs: null } : file
  if (found.content === file.text)
    return { ...file, saved: found.content, version: found.version, theirs: null }
  if (!isUnsaved(file)) return takenFrom(file, found)
  return file.theirs?.version === found.version ? file : { ...file, theirs: found }
}

/** The text of the node takes the place of the student's. */
export function takenFrom(file: OpenFile, { content, version }: Found): OpenFile {
  return { ...file, saved: content, text: content, version, theirs: null, revision: file.revision + 1 }
}
