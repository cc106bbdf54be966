/** The order of the labs in the catalogue: pure. */
import type { LabSummary, PathView } from '../../../main/api'

/** As on the paths, the main one first; labs of no path come last. */
export function inOrder(labs: readonly LabSummary[], paths: readonly PathView[]): LabSummary[] {
  const ids = paths.flatMap(({ steps }) => steps.flatMap(({ kind, id }) => (kind === 'lab' ? id : [])))
  const place = ({ id }: LabSummary) => {
    const at = ids.indexOf(id)
    return at < 0 ? ids.length : at
  }
  return [...labs].sort((a, b) => place(a) - place(b))
}
