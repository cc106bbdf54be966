/** Says of the result of a placement test where its conclusions are. */
import { Link } from 'wouter'
import { useSettings } from '../api'

export function PlacementNote({ attemptId }: { readonly attemptId: string }) {
  const { settings } = useSettings()
  if (settings.placement !== attemptId) return null
  return (
    <p>
      This was your placement test. <Link href="/">See where to begin in each domain</Link>. What you missed
      in it does not come back as a review.
    </p>
  )
}
