/** The contract between the window and everything behind it, and the two ports that carry it. */
export * from './contract'
export { ApiError, toWire, type WireError } from './errors'
export * from './exam'
export * from './hands-on'
export { messagePort, webSocketPort } from './ports'
export * from './progress'
export { type Client, connect, type Frame, type Handlers, type Port, type ServeOptions, serve } from './rpc'
