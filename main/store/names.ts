/** The names of files in the data folder. Each is made from an id, and an id from outside may be anything. */
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { Id } from '../api'

/**
 * The path of the file that belongs to an id.
 * @param ending such as `.json`
 * @throws CapstanError `bad-input` for an id that could lead out of the folder
 */
export function fileOf(folder: string, id: string, ending: string): string {
  if (Id.safeParse(id).success) return join(folder, `${id}${ending}`)
  throw new CapstanError('bad-input', 'This is not the name of anything that Capstan keeps.', {
    help: 'Reload the page, and choose from the list.',
  })
}

/** The id of a file, or null for a file that belongs to none. */
export function idOf(name: string, ending: string): string | null {
  if (!name.endsWith(ending)) return null
  const parsed = Id.safeParse(name.slice(0, -ending.length))
  return parsed.success ? parsed.data : null
}
