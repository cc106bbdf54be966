/** What the API calls. */
export { App, type AppOptions } from './app'
export { type LoadedBank, loadBank, readHandsOn } from './bank'
export { createHandlers } from './handlers'
export type { Log } from './log'
export { Notices } from './notices'
