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

interface Named extends Pick<AttemptSummary, 'id' | 'mode'> {
  readonly placement?: boolean
}

/** Names attempts: a placement test is a practice of its own name. The settings know the last one of any age. */
export function useAttemptName(): (attempt: Named) => string {
  const last = useSettings().settings.placement
  return ({ id, mode, placement }) => (placement || id === last ? 'Placement test' : modeName(mode))
}
