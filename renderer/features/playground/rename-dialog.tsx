/** Asks for another name of a playground. */
import { type FormEvent, useState } from 'react'
import type { SessionView } from '../../../main/api'
import { useClient } from '../../api'
import { Button, Dialog } from '../../components'

interface Props {
  readonly session: SessionView
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly run: (work: () => Promise<unknown>) => void
}

const LONGEST_NAME = 60

export function RenameDialog({ session: { id, playground }, isOpen, onClose, run }: Props) {
  const api = useClient()
  const [name, setName] = useState(playground?.name ?? '')
  const rename = (event: FormEvent) => {
    event.preventDefault()
    onClose()
    run(() => api.call('playground.rename', { sessionId: id, name }))
  }
  return (
    <Dialog title="Rename the playground" isOpen={isOpen} onClose={onClose}>
      <form onSubmit={rename}>
        <label className="playground-field">
          <span>Name</span>
          <input
            className="control"
            maxLength={LONGEST_NAME}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <div className="dialog-actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" weight="primary" isDisabled={name.trim() === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
