/** The app behind the window: the composition of all services, its set-up, its log and its notices. */
export { App, type AppOptions } from './app'
export { createHandlers } from './handlers'
export { installLastResort } from './last-resort'
export { Notices } from './notices'
