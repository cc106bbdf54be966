/** The order of the labs in the catalogue: pure. */
import type { LabSummary, PathView } from '../../../main/api'

/** The first lab of the path that is followed, or of the main one. Null where that has none. */
export function beginning(
  labs: readonly LabSummary[],
  paths: readonly PathView[],
  followed: string | null,
): { readonly lab: LabSummary; readonly path: PathView } | null {
  const path = paths.find(({ id }) => id === followed) ?? paths.find(({ main }) => main)
  const lab = path?.steps
    .filter(({ kind }) => kind === 'lab')
    .flatMap((step) => labs.find(({ id, problem }) => id === step.id && !problem) ?? [])[0]
  return path && lab ? { lab, path } : null
}

/** As on the paths, the main one first; labs of no path come last. */
export function inOrder(labs: readonly LabSummary[], paths: readonly PathView[]): LabSummary[] {
  const ids = paths.flatMap(({ steps }) => steps.flatMap(({ kind, id }) => (kind === 'lab' ? id : [])))
  const place = ({ id }: LabSummary) => {
    const at = ids.indexOf(id)
    return at < 0 ? ids.length : at
  }
  return [...labs].sort((a, b) => place(a) - place(b))
}
