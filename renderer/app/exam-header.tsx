/** The header while an exam is being sat: no way to another page but one that says what it means. */
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { Button, ConfirmDialog, Logo } from '../components'
import { HelpButton } from './help-button'

interface Props {
  /** The name of the exam. */
  readonly exam: string
  /** The page to which the way out leads. */
  readonly place: string
  readonly onHelp: () => void
}

export function ExamModeHeader({ exam, place, onHelp }: Props) {
  const [isLeaving, setIsLeaving] = useState(false)
  const [, navigate] = useLocation()
  return (
    <header className="header">
      <span className="brand">
        <Logo />
        <span>{exam}</span>
      </span>
      <div className="header-end">
        <Button weight="quiet" icon={<LogOut aria-hidden="true" />} onPress={() => setIsLeaving(true)}>
          Leave for now
        </Button>
        <span className="header-spare">
          <HelpButton onPress={onHelp} />
        </span>
      </div>
      <ConfirmDialog
        title="Leave the exam for now?"
        text="The clock goes on while you are away. Your answers are kept, and a badge at the top of every page shows the time left and leads back."
        action="Leave for now"
        isOpen={isLeaving}
        onClose={() => setIsLeaving(false)}
        onConfirm={() => navigate(place)}
      />
    </header>
  )
}
