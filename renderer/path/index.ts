/** The student's way: what pages that lead along it share. */
export { LabActions } from './lab-actions'
export { type Status, statusOf } from './status'
export { StepBar } from './step-bar'
