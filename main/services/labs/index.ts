/** Labs: the catalogue with the student's progress, and what pages do in sessions of labs. */
export { LabsService } from './catalogue'
export { fileHandlers } from './file-handlers'
export { labHandlers, mapHandlers, sessionHandlers, terminalHandlers } from './handlers'
export { playgroundHandlers } from './playgrounds'
export { Previews } from './previews'
export { labFolders, readLabs } from './read'
export type { Session, Sessions } from './sessions'
export { Terminals, type TerminalsOptions } from './terminals'
