/** Says what went wrong and what to do, with a button for the next try. */
import { ArrowRight, CircleAlert, RotateCw, X } from 'lucide-react'
import type { Problem } from '../../main/api'
import { Button } from './button'
import './problem.css'

interface Props {
  readonly problem: Problem
  /** What the button says, where it does something other than the next try. */
  readonly action?: string
  readonly onAction?: () => void
  /** The problem has been read, and nothing is tried again. */
  readonly onClose?: () => void
}

export function ProblemPanel({ problem, action, onAction, onClose }: Props) {
  const Icon = action === undefined ? RotateCw : ArrowRight
  return (
    <div className="problem" role="alert">
      <CircleAlert aria-hidden="true" />
      <div>
        <p className="problem-message">{problem.message}</p>
        {problem.help && <p className="problem-help">{problem.help}</p>}
        {onAction && (
          <Button small icon={<Icon aria-hidden="true" />} onPress={onAction}>
            {action ?? 'Try again'}
          </Button>
        )}
        {onClose && (
          <Button small icon={<X aria-hidden="true" />} onPress={onClose}>
            Close
          </Button>
        )}
      </div>
    </div>
  )
}
