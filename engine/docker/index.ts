/** The Docker client, and the only user of dockerode: outer and inner engines, with time limits and typed errors. */
export type { ContainerCreateOptions } from 'dockerode'
export {
  type ContainerInfo,
  type ContainerInspectInfo,
  ContainerPorts,
  type EngineEvent,
  type EngineInfo,
  type EngineVersion,
  listOf,
  type PathChange,
  readAnswer,
  ServicePorts,
  type SwarmNodeInfo,
} from './answers'
export { archiveOfFolder } from './archive'
export { DockerClient, type OverOptions } from './client'
export type { CallOptions } from './connection'
export { type Endpoint, endpointText, parseEndpoint } from './endpoint'
export type { EventWatch } from './events'
export type { Tty, TtyOptions } from './execs'
export { MORE_KEYS, NoKeysLeft } from './failures'
export type { BuildOptions, ImportOptions, PullOptions } from './images'
export type { Json } from './json'
export type { ExecOptions, ExecResult } from './output'
export { CommandPipe } from './pipe'
