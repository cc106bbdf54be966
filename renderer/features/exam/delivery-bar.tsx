/** The bar above an item: the mode, the progress, the time, and the buttons for the list of items and the end. */
import { LayoutGrid } from 'lucide-react'
import type { AttemptView } from '../../../main/api'
import { modeName, Timer } from '../../attempt'
import { Button } from '../../components'
import type { Intent } from './keys'

interface Props {
  readonly view: AttemptView
  readonly timerIsShown: boolean
  readonly navigatorIsOpen: boolean
  readonly act: (intent: Intent) => void
  readonly onEnd: () => void
}

export function DeliveryBar({ view, timerIsShown, navigatorIsOpen, act, onEnd }: Props) {
  const { mode, items, timeLeft } = view
  const answered = items.filter((item) => item.answered).length
  return (
    <div className="delivery-bar">
      {/* The header names a real exam already. */}
      {mode !== 'real' && <strong className="delivery-mode">{modeName(mode)}</strong>}
      <div className="delivery-progress">
        <progress max={items.length} value={answered} aria-label="Answered" />
        <span>
          {answered} of {items.length}
          <span className="delivery-answered"> answered</span>
        </span>
      </div>
      {timeLeft !== null && (
        <Timer
          source={view}
          left={timeLeft}
          shortcut="T"
          isShown={timerIsShown}
          onToggle={() => act({ kind: 'timer' })}
        />
      )}
      <Button
        icon={<LayoutGrid aria-hidden="true" />}
        aria-expanded={navigatorIsOpen}
        aria-label="Items"
        onPress={() => act({ kind: 'items' })}
      >
        <span className="delivery-wide">Items</span>
      </Button>
      <Button onPress={onEnd}>
        <span>
          End<span className="delivery-wide">{mode === 'real' ? ' exam' : ` ${mode}`}</span>
        </span>
      </Button>
    </div>
  )
}
