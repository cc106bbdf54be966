/** The line above a tile when the place is divided: what it shows, and a button that takes it from the page. */
import { Minus } from 'lucide-react'
import { IconButton } from '../components'

interface Props {
  readonly title: string
  readonly onHide: () => void
}

export function TileTitle({ title, onHide }: Props) {
  return (
    <div className="tile-title">
      <span>{title}</span>
      <IconButton icon={Minus} label={`Hide ${title}`} excludeFromTabOrder onPress={onHide} />
    </div>
  )
}
