/** Labs that were parsed ahead of time: reading YAML and checking its schema takes longer than all else at a start. */
import { join, relative } from 'node:path'
import type { LoadedLab } from './lab'

/** A lab without its place on a disk. */
export type ParsedLab = Omit<LoadedLab, keyof LabPlace>

/** Where a lab is, and what its folder holds. */
export type LabPlace = Pick<LoadedLab, 'id' | 'domain' | 'directory' | 'hash'>

/** Parsed labs by the hash of their folder: what has the same hash is the same lab, wherever it is. */
export type ParsedLabs = ReadonlyMap<string, ParsedLab>

/** @returns a lab that can be kept as JSON */
export function withoutPlace(lab: LoadedLab): ParsedLab {
  const { id: _id, domain: _domain, directory, hash: _hash, files, ...parsed } = lab
  return { ...parsed, files: files.map((file) => ({ ...file, from: relative(directory, file.from) })) }
}

export function atPlace(parsed: ParsedLab, place: LabPlace): LoadedLab {
  const files = parsed.files.map((file) => ({ ...file, from: join(place.directory, file.from) }))
  return { ...parsed, ...place, files }
}
