/** Fakes of a Docker engine. Only tests use them. */
export { type CallCase, checkCall } from './call-cases.test-kit'
export { frame, type HttpEngine, openHttpEngine, type SeenRequest } from './http-engine.test-kit'
export { type MemoryEngine, memoryEngine } from './memory-engine.test-kit'
