/** Fakes of a Docker engine. Only tests use them. */
export { type CallCase, checkCall } from './call-cases'
export { frame, type HttpEngine, openHttpEngine, type SeenRequest } from './http-engine'
export { type MemoryEngine, memoryEngine } from './memory-engine'
