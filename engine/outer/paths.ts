/** Where the private engine and what is prepared for nodes live on this machine. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** `CAPSTAN_ENGINE`, else the user's cache folder. */
export function engineHome(env: NodeJS.ProcessEnv = process.env): string {
  return env.CAPSTAN_ENGINE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'capstan', 'engine')
}
