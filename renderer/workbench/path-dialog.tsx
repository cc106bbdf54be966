/** Asks for a path in a node. */
import { useState } from 'react'
import { Button, Dialog } from '../components'

interface Props {
  readonly title: string
  readonly action: string
  /** The path that stands in the field at the beginning. */
  readonly path: string
  readonly onClose: () => void
  readonly onDone: (path: string) => void
}

export function PathDialog({ title, action, path, onClose, onDone }: Props) {
  const [text, setText] = useState(path)
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
          const wanted = text.trim()
          if (wanted && wanted !== path) onDone(wanted)
        }}
      >
        <input
          autoFocus
          className="control path-field"
          aria-label="Path"
          spellCheck={false}
          maxLength={4096}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <div className="dialog-actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" weight="primary">
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
