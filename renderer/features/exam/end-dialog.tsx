/** Asks before an attempt is ended. Enter goes on with the attempt, because it may be the key that opened the dialog. */
import type { AttemptView } from '../../../main/api'
import { Button, Dialog } from '../../components'
import { standingOf } from './standing'

interface Props {
  readonly items: AttemptView['items']
  /** The name of what is ended, such as "Mock exam". */
  readonly name: string
  /** A real exam counts every item, practice only those with an answer. */
  readonly isReal: boolean
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onEnd: () => void
}

export function EndDialog({ items, name, isReal, isOpen, onClose, onEnd }: Props) {
  const { unanswered, flagged } = standingOf(items)
  const end = () => {
    onClose()
    onEnd()
  }
  return (
    <Dialog title={`End the ${name.toLowerCase()}?`} isOpen={isOpen} onClose={onClose}>
      <p className="dialog-text">
        {unanswered > 0
          ? `${unanswered} of ${items.length} items have no answer${isReal ? ' and will count as wrong' : ', and will not count'}. `
          : 'Every item has an answer. '}
        {flagged > 0 && `${flagged} ${flagged === 1 ? 'is' : 'are'} flagged. `}
        After the end nothing can be changed.
        {!isReal && ' To continue on another day, leave it with Pause instead: no clock runs.'}
      </p>
      <div className="dialog-actions">
        <Button onPress={onClose} autoFocus>
          Continue
        </Button>
        <Button weight="danger" onPress={end}>
          {`End ${name.toLowerCase()}`}
        </Button>
      </div>
    </Dialog>
  )
}
