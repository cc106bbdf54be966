/** Asks before an attempt is ended: the key that opened it must not be the one that ends it. */
import type { AttemptView } from '../../../main/api'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { standingOf } from './standing'

interface Props {
  readonly items: AttemptView['items']
  /** What is ended. */
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onEnd: () => void
}

export function EndDialog({ items, name, isOpen, onClose, onEnd }: Props) {
  const { unanswered, flagged } = standingOf(items)
  const end = () => {
    onClose()
    onEnd()
  }
  return (
    <Dialog title={`End the ${name.toLowerCase()}?`} isOpen={isOpen} onClose={onClose}>
      <p className="dialog-text">
        {unanswered > 0
          ? `${unanswered} of ${items.length} items have no answer and will count as wrong. `
          : 'Every item has an answer. '}
        {flagged > 0 && `${flagged} ${flagged === 1 ? 'is' : 'are'} flagged. `}
        After the end nothing can be changed.
      </p>
      <div className="dialog-actions">
        <Button onPress={onClose} autoFocus>
          Go on
        </Button>
        <Button weight="danger" onPress={end}>
          End it
        </Button>
      </div>
    </Dialog>
  )
}
