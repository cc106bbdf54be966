/** The folders of this user that Capstan keeps its files in, by the rules of the system it runs on. */
import { join } from 'node:path'
import envPaths from 'env-paths'

export interface UserFolders {
  readonly data: string
  readonly cache: string
}

/** Documents, sessions and attempts: the folder in `CAPSTAN_DATA`, else the user's data folder. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, folders = userFolders()): string {
  return env.CAPSTAN_DATA ?? folders.data
}

/** The private engine and the files that are prepared for nodes: `CAPSTAN_ENGINE`, else a folder in the user's cache. */
export function engineHome(env: NodeJS.ProcessEnv = process.env, folders = userFolders()): string {
  return env.CAPSTAN_ENGINE ?? join(folders.cache, 'engine')
}

function userFolders(): UserFolders {
  return envPaths('capstan', { suffix: '' })
}
