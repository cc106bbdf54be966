/** The names of the modes of an exam. */
import type { AttemptSummary } from '../../main/api'

const MODES: Readonly<Record<AttemptSummary['mode'], string>> = {
  real: 'Mock exam',
  practice: 'Practice',
  drill: 'Drill',
}

export function modeName(mode: AttemptSummary['mode']): string {
  return MODES[mode]
}
