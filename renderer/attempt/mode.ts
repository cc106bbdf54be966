/** The names of the modes of an exam, and of attempts. */
import type { AttemptSummary } from '../../main/api'
import { useSettings } from '../api'

const MODES: Readonly<Record<AttemptSummary['mode'], string>> = {
  real: 'Mock exam',
  practice: 'Practice',
  drill: 'Drill',
}

export function modeName(mode: AttemptSummary['mode']): string {
  return MODES[mode]
}

/** Names attempts: the placement test is a practice of its own name. */
export function useAttemptName(): (attempt: Pick<AttemptSummary, 'id' | 'mode'>) => string {
  const { placement } = useSettings().settings
  return ({ id, mode }) => (id === placement ? 'Placement test' : modeName(mode))
}
