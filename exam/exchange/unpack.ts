/**
 * Files of a zip file from outside. They are unpacked a piece at a time: what a zip file says of the size of its files
 * may be wrong, and a few bytes may stand for many.
 */
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate'
import { joinBytes } from '../../shared/join-bytes'
import { Refused } from './key'

export interface Wanted {
  /** Whether a file is unpacked, by its path. */
  readonly isWanted: (path: string) => boolean
  /** Whether the package may hold it in a size that is too large: then only this file is left out. */
  readonly isOptional: (path: string) => boolean
}

export interface Unpacked {
  /** The wanted files, by their paths. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The paths of all files. */
  readonly names: readonly string[]
}

/** Bytes of all files, and of one of them. */
const LARGEST_PACKAGE = 100 * 1024 * 1024
const LARGEST_FILE = 2 * 1024 * 1024
const MOST_FILES = 20_000
/** Bytes that are unpacked before sizes are looked at; a byte stands for a thousand at most. */
const PIECE = 4_096

/** @throws Refused for bytes that are no zip file, and for one that is too large */
export function unpack(zip: Uint8Array, wanted: Wanted): Unpacked {
  const unpacking = new Unpacking(wanted)
  const unzip = new Unzip((file) => unpacking.take(file))
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < zip.length; at += PIECE) {
      unzip.push(zip.subarray(at, at + PIECE), at + PIECE >= zip.length)
      if (unpacking.fault) throw unpacking.fault
    }
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused('This is not a zip file, or it is broken.', 'Export it again.')
  }
  return { files: unpacking.files, names: unpacking.names }
}

class Unpacking {
  readonly files = new Map<string, Uint8Array>()
  readonly names: string[] = []
  /** The library swallows what is thrown while it unpacks. */
  fault: Error | null = null
  readonly #wanted: Wanted
  #total = 0

  constructor(wanted: Wanted) {
    this.#wanted = wanted
  }

  take(file: UnzipFile): void {
    this.names.push(file.name)
    if (this.names.length > MOST_FILES) this.fault ??= tooLarge()
    if (!this.#wanted.isWanted(file.name)) return
    const parts: Uint8Array[] = []
    let length = 0
    file.ondata = (error, part, isFinal) => {
      if (error) this.fault ??= error
      if (this.fault || !part) return
      length += part.length
      this.#total += part.length
      if (length > LARGEST_FILE && this.#wanted.isOptional(file.name)) parts.length = 0
      else if (length > LARGEST_FILE || this.#total > LARGEST_PACKAGE) this.fault = tooLarge()
      else parts.push(part)
      if (isFinal && length <= LARGEST_FILE) this.files.set(file.name, joinBytes(parts))
    }
    file.start()
  }
}

function tooLarge(): Refused {
  return new Refused('This package is too large.', 'Divide it into several packages.')
}
