/** The buttons under an item. Each one always has the same place. */
import { ArrowLeft, ArrowRight, Check, Flag, ListChecks, X } from 'lucide-react'
import type { AttemptView } from '../../../main/api'
import { useConnectionState } from '../../api'
import { useAttemptName } from '../../attempt'
import { Button } from '../../components'
import type { Intent } from './keys'
import { neighbour } from './standing'
import type { Acts } from './use-acts'
import './controls.css'

interface Props {
  readonly view: AttemptView
  readonly acts: Acts
  readonly reviewing: boolean
  readonly act: (intent: Intent) => void
  readonly onEnd: () => void
}

export function Controls({ view, acts, reviewing, act, onEnd }: Props) {
  const { items, current } = view
  const name = useAttemptName()(view)
  const isFlagged = items[current.index]?.flagged ?? false
  const hasPrevious = reviewing || neighbour(items, current.index, -1) !== null
  return (
    <div className="controls" role="toolbar" aria-label="Answer and continue">
      <Button
        icon={<ArrowLeft aria-hidden="true" />}
        isDisabled={!hasPrevious}
        onPress={() => act({ kind: 'previous' })}
      >
        <Key name="←" text={reviewing ? 'Back' : 'Previous'} />
      </Button>
      <Button
        icon={<Flag aria-hidden="true" fill={isFlagged ? 'currentColor' : 'none'} />}
        aria-pressed={isFlagged}
        isDisabled={reviewing}
        onPress={() => act({ kind: 'flag' })}
      >
        <Key name="F" text="Flag" />
      </Button>
      <div className="controls-main">
        {reviewing ? (
          <Button weight="primary" onPress={onEnd}>
            {view.mode === 'real' ? 'End exam' : `End ${name.toLowerCase()}`}
          </Button>
        ) : (
          <MainControls view={view} acts={acts} act={act} />
        )}
      </div>
    </div>
  )
}

type MainProps = Pick<Props, 'view' | 'acts' | 'act'>

function MainControls({ view: { mode, current, items }, acts, act }: MainProps) {
  const isLast = neighbour(items, current.index, 1) === null
  const isLost = useConnectionState() === 'lost'
  const kept = isLost ? acts.pending : null
  if (current.delivery === 'domc' && !current.closed)
    return <YesNo act={act} isReady={acts.canDecide} kept={kept} />
  const canCheck = mode !== 'real' && !current.closed
  return (
    <>
      {canCheck && (
        <Button
          weight="primary"
          icon={<ListChecks aria-hidden="true" />}
          isDisabled={acts.node.busy}
          onPress={() => act({ kind: 'check' })}
        >
          <Key name="Enter" text={hasAnswer(current, acts) ? 'Check answer' : 'Show answer'} />
        </Button>
      )}
      <Button
        weight={canCheck ? 'normal' : 'primary'}
        icon={<ArrowRight aria-hidden="true" />}
        onPress={() => act({ kind: 'next' })}
      >
        <Key name="→" text={isLast ? 'Review' : 'Next'} />
      </Button>
    </>
  )
}

function hasAnswer({ command }: AttemptView['current'], { chosen }: Acts): boolean {
  return chosen.length > 0 || Boolean(command?.sessionId)
}

interface YesNoProps extends Pick<Props, 'act'> {
  /** The option has been in sight long enough to be answered. */
  readonly isReady: boolean
  /** The answer that waits for the line to the host. Null while there is none. */
  readonly kept: boolean | null
}

/** The buttons keep the focus while they wait, so they are not disabled. */
function YesNo({ act, isReady, kept }: YesNoProps) {
  const pressed = (yes: boolean) => (kept === null ? {} : { 'aria-pressed': kept === yes })
  return (
    <div className="controls-answer" data-ready={isReady}>
      <Button
        icon={<X aria-hidden="true" />}
        {...pressed(false)}
        onPress={() => act({ kind: 'decide', yes: false })}
      >
        <Key name="N" text="No" />
      </Button>
      <Button
        icon={<Check aria-hidden="true" />}
        {...pressed(true)}
        onPress={() => act({ kind: 'decide', yes: true })}
      >
        <Key name="Y" text="Yes" />
      </Button>
    </div>
  )
}

function Key({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <span className="control-text">{text}</span>{' '}
      <span className="key" aria-hidden="true">
        {name}
      </span>
    </>
  )
}
