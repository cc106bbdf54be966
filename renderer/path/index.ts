/** The student's way: what pages that lead along it share. */
export { CommandList } from './command-list'
export { LabActions } from './lab-actions'
export { Objective, useObjectives } from './objectives'
export { Practised } from './practised'
export { type Status, statusOf } from './status'
export { StepBar } from './step-bar'
export { Tour } from './tour'
export { beginTour } from './tour-state'
