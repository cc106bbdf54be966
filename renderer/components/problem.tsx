/** Says what went wrong and what to do, with a button for the next try. */
import { CircleAlert, RotateCw } from 'lucide-react'
import type { Problem } from '../../main/api'
import { Button } from './button'
import './problem.css'

interface Props {
  readonly problem: Problem
  readonly action?: string
  readonly onAction?: () => void
}

export function ProblemPanel({ problem, action = 'Try again', onAction }: Props) {
  return (
    <div className="problem" role="alert">
      <CircleAlert aria-hidden="true" />
      <div>
        <p className="problem-message">{problem.message}</p>
        {problem.help && <p className="problem-help">{problem.help}</p>}
        {onAction && (
          <Button small icon={<RotateCw aria-hidden="true" />} onPress={onAction}>
            {action}
          </Button>
        )}
      </div>
    </div>
  )
}
