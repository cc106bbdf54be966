/** The lab in which a student is shown round: pure. */
import type { LabSummary } from '../../main/api'

/** The lab that asks for the least. */
const FIRST_LAB = 'container-life'

/** The lab of the page, else one that is open, else the easiest one, else any. Null where none can be used. */
export function tourLab(labs: readonly LabSummary[], address: string): LabSummary | null {
  const usable = labs.filter(isUsable)
  return (
    usable.find(({ id }) => address === `/labs/${id}`) ??
    usable.find(({ sessionId }) => sessionId !== null) ??
    usable.find(({ id }) => id === FIRST_LAB) ??
    usable[0] ??
    null
  )
}

/** It is open, or it starts without a question. */
function isUsable({ sessionId, problem, missing, consent }: LabSummary): boolean {
  return sessionId !== null || (problem === null && missing.length === 0 && consent === null)
}
