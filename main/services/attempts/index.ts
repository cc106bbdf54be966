/** Attempts of every kind: journals of events on disk, the clock of each attempt, and its end when the time is up. */
export { Archive, type TakenAttempt } from './archive'
export {
  type Alarm,
  type AnyAttempt,
  type AttemptNow,
  Attempts,
  type AttemptsOptions,
  type Entry,
  type StoredAttempt,
  systemAlarm,
} from './attempts'
export { type Chance, systemChance } from './chance'
export { type Moment, momentNow } from './clock'
export { type ExamName, ExamRoom, examRuns } from './exam-room'
export { entryOf } from './journal'
export { type RunningSource, watchRunning } from './running-exams'
export type { Journals, OnProblem } from './stored'
export { Watches } from './watches'
