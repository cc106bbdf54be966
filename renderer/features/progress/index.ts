/** Progress: how ready the learner is, and how each item does. */
export { ItemsPage } from './items-page'
export { ProgressPage } from './progress-page'
