/** A button that deletes an attempt that is over, and asks before. */
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useAction, useClient } from '../api'
import { ConfirmDialog, IconButton, ProblemPanel } from '../components'

interface Props {
  readonly kind: 'exam' | 'handsOn'
  readonly attemptId: string
  /** Names the attempt, such as "Mock exam of 12 May 2026, 14:05". */
  readonly what: string
  readonly onRemoved: () => void
}

export function RemoveAttempt({ kind, attemptId, what, onRemoved }: Props) {
  const api = useClient()
  const { busy, problem, run, forget } = useAction()
  const [isAsked, setIsAsked] = useState(false)
  const remove = () =>
    run(async () => {
      await api.call(`${kind}.remove`, { attemptId })
      onRemoved()
    })
  return (
    <>
      <IconButton
        icon={Trash2}
        label={`Delete: ${what}`}
        isDisabled={busy}
        onPress={() => setIsAsked(true)}
      />
      <ConfirmDialog
        title="Delete this attempt?"
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        text={`${what}: its answers and its score go, and your readiness no longer rests on them. Your bookmarks and notes stay.`}
        action="Delete"
        danger
        onConfirm={remove}
      />
      {problem && <ProblemPanel problem={problem} onClose={forget} />}
    </>
  )
}
