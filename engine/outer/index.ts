/** The outer Docker Engine: finds one or runs our own, and knows what it can do. */

export { engineHome } from '../../shared/system/folders'
export { basicCapabilities, type Capabilities, capabilityNames, probeCapabilities } from './capabilities'
export { lastWords, type RunCommand, runCommand } from './commands'
export { type DoctorReport, doctor } from './doctor'
export { type EngineSettings, type FindOptions, findEngine } from './find'
export { type Isolation, isolationOf } from './isolation'
export { type EngineSource, OuterEngine } from './outer-engine'
export { readPackageList } from './package-list'
export { packageEnvironment, unpackPackages } from './packages'
export { openPrivateEngine, type PrivateEngine } from './private-engine'
export { withSetupLock } from './setup-lock'
export { asSetupLine, type Progress, type ProgressListener, type ReportDetail } from './setup-progress'
