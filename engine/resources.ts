/** Finds the files that the engine layer reads at run time: recipes and scripts. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The nearest folder above that holds `engine/images/recipes/node`: the repository, or the packaged app's resources.
 */
export function resourcesFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'engine/images/recipes/node/Dockerfile'))) return folder
  }
  throw new Error(`The recipes of the node image are not above ${from}.`)
}
