/** Finds an outer Docker Engine or runs our own, and knows what it can do. */

export { withLock } from '../../shared/system/lock'
export { isAlive } from '../../shared/system/processes'
export { type Capabilities, capabilityNames, probeCapabilities } from './capabilities'
export { type DoctorReport, doctor } from './doctor'
export { type EngineSettings, type EngineSource, type FindOptions, findEngine, OuterEngine } from './find'
export { packageEnvironment, unpackPackages } from './packages'
export { engineHome } from './paths'
export { openPrivateEngine, type PrivateEngine } from './private-engine'
export { asTask, type Progress, type ProgressListener } from './setup-progress'
