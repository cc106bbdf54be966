/** The contract between the window and everything behind it, with the two ends and the ports that carry it. */
export * from './app'
export { type Client, connect } from './connect'
export { type Contract, contract } from './contract'
export { ApiError, TOO_LARGE, toWire } from './errors'
export * from './exam'
export * from './exchange'
export * from './files'
export * from './hands-on'
export * from './labs'
export {
  LARGEST_FRAME,
  LARGEST_IMPORT,
  LARGEST_PACKED,
  LARGEST_PART,
  LARGEST_TEXT,
  LARGEST_TRANSFER,
} from './limits'
export { routeOfLink } from './links'
export * from './map'
export * from './marks'
export * from './path'
export * from './playground'
export { messagePort, webSocketPort } from './ports'
export { Problem } from './problem'
export * from './progress'
export type { DeepReadonly } from './readonly'
export type { Frame, Handlers, Port } from './rpc'
export * from './running'
export { type ServeOptions, serve } from './serve'
export * from './sessions'
export * from './settings'
export { Delivery, Difficulty, Id, Mode } from './shapes'
export * from './terminals'
export * from './transfer'
