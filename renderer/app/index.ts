/** The shell around all pages: header, routes, notices and help. */
export { App } from './app'
export { ConnectionBanner } from './connection-banner'
