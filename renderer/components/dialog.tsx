/** A modal dialog with a title, and a dialog that asks before something is lost. */
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './button'
import './dialog.css'

interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Gives room to long lines. */
  readonly wide?: boolean
  readonly children: ReactNode
}

export function Dialog({ title, isOpen, onClose, wide = false, children }: DialogProps) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable
    >
      <Modal className={wide ? 'modal modal-wide' : 'modal'}>
        <AriaDialog className="dialog">
          <Heading slot="title">{title}</Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

interface ConfirmProps extends Omit<DialogProps, 'children' | 'wide'> {
  readonly text: string
  readonly action: string
  readonly danger?: boolean
  readonly onConfirm: () => void
}

export function ConfirmDialog({ text, action, danger = false, onConfirm, ...dialog }: ConfirmProps) {
  const confirm = () => {
    dialog.onClose()
    onConfirm()
  }
  return (
    <Dialog {...dialog}>
      <p className="dialog-text">{text}</p>
      <div className="dialog-actions">
        <Button onPress={dialog.onClose}>Cancel</Button>
        <Button weight={danger ? 'danger' : 'primary'} onPress={confirm} autoFocus>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
