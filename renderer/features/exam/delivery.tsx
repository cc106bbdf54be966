/** A running attempt. It shows one item at a time, and all buttons keep their places. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { AttemptView } from '../../../main/api'
import { useConnectionState } from '../../api'
import { useAttemptName } from '../../attempt'
import { ProblemPanel } from '../../components'
import { Controls } from './controls'
import { DeliveryBar } from './delivery-bar'
import { EndDialog } from './end-dialog'
import { ItemView } from './item'
import { Navigator } from './navigator'
import { ReviewScreen } from './review-screen'
import { type Acts, useActs } from './use-acts'
import { useCourse } from './use-course'
import { useExamKeys } from './use-keys'
import './delivery.css'

export function Delivery({ view }: { readonly view: AttemptView }) {
  const acts = useActs(view)
  const [isEnding, setIsEnding] = useState(false)
  const { reviewing, navigatorIsOpen, timerIsShown, look, act } = useCourse(view, acts)
  const isLost = useConnectionState() === 'lost'
  const body = useRef<HTMLDivElement>(null)
  const { items, mode, current } = view
  const name = useAttemptName()(view)
  useFreshItem(body, { view, reviewing, name })
  const { delivery, closed } = current
  useExamKeys({ delivery, closed, reviewing, options: pickable(current), practice: mode !== 'real' }, act)
  const askEnd = () => setIsEnding(true)
  return (
    <main id="main" className="delivery">
      <DeliveryBar
        view={view}
        timerIsShown={timerIsShown}
        navigatorIsOpen={navigatorIsOpen}
        act={act}
        onEnd={askEnd}
      />
      <div className="delivery-body" ref={body}>
        <div className="delivery-text">
          {isLost && <KeptAnswers pending={acts.pending} />}
          {acts.problem && !isLost && <ProblemPanel problem={acts.problem} />}
          {reviewing ? (
            <ReviewScreen view={view} onLook={look} />
          ) : (
            <ItemView key={current.index} view={view} acts={acts} />
          )}
        </div>
      </div>
      {navigatorIsOpen && <Navigator view={view} onLook={look} />}
      <Controls view={view} acts={acts} reviewing={reviewing} act={act} onEnd={askEnd} />
      <EndDialog
        items={items}
        name={name}
        isReal={mode === 'real'}
        isOpen={isEnding}
        onClose={() => setIsEnding(false)}
        onEnd={acts.end}
      />
    </main>
  )
}

/** How many options a key can pick. */
function pickable({ kind, options }: AttemptView['current']): number {
  return kind === 'choice' || kind === 'multiple' ? options.length : 0
}

/** The banner above says that the line is lost; this says what it means for the exam. */
function KeptAnswers({ pending }: Pick<Acts, 'pending'>) {
  return (
    <p role="status" className="delivery-kept">
      {pending !== null && `You said ${pending ? 'yes' : 'no'}. `}
      Your answers are kept, and are sent when Capstan runs again.
    </p>
  )
}

interface Fresh {
  readonly view: AttemptView
  readonly reviewing: boolean
  readonly name: string
}

/** Shows another item from its top, puts the focus on its heading, and names the window after it. */
function useFreshItem(body: RefObject<HTMLDivElement | null>, { view, reviewing, name }: Fresh): void {
  const { index } = view.current
  const title = reviewing ? 'Review' : `Item ${index + 1} of ${view.items.length}`
  useEffect(() => {
    document.title = `${title} · ${name} · Capstan`
    body.current?.scrollTo(0, 0)
    body.current?.querySelector('h1')?.focus()
  }, [body, title, name])
}
