/** Says the rules before the clock runs, and offers more time. */
import { useState } from 'react'
import type { HandsOnExamView } from '../../../main/api'
import { Button, count, Dialog } from '../../components'
import './start-dialog.css'

const PACES: readonly (readonly [times: number, label: string])[] = [
  [1, 'The usual time'],
  [1.25, 'A quarter more'],
  [1.5, 'Half as much more'],
  [2, 'Twice the time'],
]

interface Props {
  readonly exam: HandsOnExamView
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onStart: (extraTime: number) => void
}

export function StartDialog({ exam, isOpen, onClose, onStart }: Props) {
  const [pace, setPace] = useState(1)
  const start = () => {
    onClose()
    onStart(pace)
  }
  return (
    <Dialog title={`Start “${exam.title}”?`} isOpen={isOpen} onClose={onClose}>
      <ul className="hands-on-rules">
        <li>
          You have {count(Math.round(exam.minutes * pace), 'minute')} for {count(exam.tasks.length, 'task')}.
          The clock does not stop, not even when Capstan is closed.
        </li>
        <li>There are no hints, and no check tells you how you do. Results come at the end.</li>
        <li>
          A task gets its nodes when you begin it. Hand it in when you are done: that grades it and frees its
          nodes.
        </li>
        <li>What you have not handed in is graded when you end the exam, or when the time is up.</li>
        <li>Keep Capstan open: when it is closed, containers in the nodes stop.</li>
      </ul>
      <label className="hands-on-pace">
        <span>Time</span>
        <select className="control" value={pace} onChange={({ target }) => setPace(Number(target.value))}>
          {PACES.map(([times, label]) => (
            <option key={times} value={times}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <div className="dialog-actions">
        <Button onPress={onClose}>Not now</Button>
        <Button weight="primary" onPress={start} autoFocus>
          Start the clock
        </Button>
      </div>
    </Dialog>
  )
}
