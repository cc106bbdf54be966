/** Where a lab stands on its path, and which labs are better done before it. */
import { Fragment } from 'react'
import { Link } from 'wouter'
import type { PathView } from '../../../main/api'
import { useAnswer } from '../../api'

/** Nothing for a lab that is on no path. */
export function PathPlace({ labId }: { readonly labId: string }) {
  const { value: paths } = useAnswer('path.list', {})
  const path = paths?.find(({ steps }) => steps.some((step) => isLab(step) && step.id === labId))
  if (!path) return null
  const labs = path.steps.filter(isLab)
  const index = labs.findIndex(({ id }) => id === labId)
  const before = labs[index]?.waitsFor ?? []
  return (
    <p className="closed-place">
      Lab {index + 1} of {labs.length} on the path <Link href="/paths">{path.title}</Link>.
      {before.length > 0 && ' It is better to do these first: '}
      {before.map(({ id, title }, at) => (
        <Fragment key={id}>
          {at > 0 && ', '}
          <Link href={`/labs/${id}`}>{title}</Link>
        </Fragment>
      ))}
      {before.length > 0 && '.'}
    </p>
  )
}

function isLab({ kind }: PathView['steps'][number]): boolean {
  return kind === 'lab'
}
