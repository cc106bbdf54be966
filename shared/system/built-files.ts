/** What the build puts beside the program. */
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The path of a file that the build has made; null for code that runs from its sources.
 * @param name of the file in `dist`
 * @param program the path of the code that runs
 */
export function builtFile(name: string, program = fileURLToPath(import.meta.url)): string | null {
  for (let folder = dirname(program); folder !== dirname(folder); folder = dirname(folder))
    if (basename(folder) === 'dist') return join(folder, name)
  return null
}
