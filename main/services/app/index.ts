/** The app behind the window: the composition of all services, its set-up, its log and its notices. */
export { App, type AppOptions } from './app'
export { createHandlers } from './handlers'
export { Notices } from './notices'
