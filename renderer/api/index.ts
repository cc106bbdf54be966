/** The page's side of the contract: the client, hooks that watch and ask the host, and the settings. */
export { base64Of } from './base64'
export { ClientProvider, type ConnectionState, type PageClient, useClient } from './client'
export { Connection } from './connection'
export {
  type Action,
  type Asked,
  useAction,
  useAnswer,
  useConnectionState,
  useIsRefused,
  useStream,
  type Watched,
} from './hooks'
export { isHostRefusing, openHostPort } from './host-port'
export { asProblem } from './problem'
export { SettingsProvider, useSettings } from './settings'
export { terminalInput } from './terminal-input'
