/** Starts labs, and asks before one that does not ship with Capstan, for every page that starts labs. */
export { type StartLab, useStartLab } from './use-start-lab'
