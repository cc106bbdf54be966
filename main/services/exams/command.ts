/** What a candidate does in an exam. */
import type { AttemptEvent } from '../../../exam'

/** An event that a candidate causes, without its time. */
export type ExamCommand = DistributiveOmit<Exclude<AttemptEvent, { kind: 'began' }>, 'at'>
type DistributiveOmit<T, K extends keyof never> = T extends unknown ? Omit<T, K> : never
