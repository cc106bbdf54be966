/** The bar above an item: the mode, the progress, the time, and the buttons for the list of items and the end. */
import { LayoutGrid, Pause } from 'lucide-react'
import { useLocation } from 'wouter'
import type { AttemptView } from '../../../main/api'
import { Timer, useAttemptName } from '../../attempt'
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
  const name = useAttemptName()(view)
  const [, navigate] = useLocation()
  const answered = items.filter((item) => item.answered).length
  return (
    <div className="delivery-bar">
      {/* The header names a real exam already. */}
      {mode !== 'real' && <strong className="delivery-mode">{name}</strong>}
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
      {mode !== 'real' && (
        <Button
          icon={<Pause aria-hidden="true" />}
          aria-label="Pause: continue on any day"
          onPress={() => navigate('/practice')}
        >
          <span className="delivery-wide">Pause</span>
        </Button>
      )}
      <Button onPress={onEnd}>
        <span>
          End<span className="delivery-wide">{mode === 'real' ? ' exam' : ` ${name.toLowerCase()}`}</span>
        </span>
      </Button>
    </div>
  )
}
