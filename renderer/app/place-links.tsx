/** The links to the pages, of which the one that is shown is marked. */
import { Link } from 'wouter'
import { PLACES, placeAt } from './places'

interface Props {
  readonly location: string
  /** Called when a link was followed. */
  readonly onFollow?: () => void
}

export function PlaceLinks({ location, onFollow }: Props) {
  const here = placeAt(location)
  return PLACES.map((place) => (
    <Link
      key={place.path}
      href={place.path}
      aria-current={place === here ? 'page' : undefined}
      onClick={onFollow}
    >
      {place.name}
    </Link>
  ))
}
