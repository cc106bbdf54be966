/** The only home of dockerode: one client for outer and inner engines, with time limits and typed errors. */
export type { ContainerCreateOptions, ContainerInfo, ContainerInspectInfo } from 'dockerode'
export {
  type BuildOptions,
  DockerClient,
  type PathChange,
  type Request,
  type Tty,
  type TtyOptions,
} from './client'
export { type Endpoint, endpointText, parseEndpoint } from './endpoint'
export type { EngineEvent, EventWatch } from './events'
export type { ExecOptions, ExecResult } from './exec'
export { CommandPipe } from './pipe'
