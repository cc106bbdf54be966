/** A place for a file: it is chosen, or dropped there. */
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../components'

interface Props {
  readonly busy: boolean
  readonly onFile: (file: File) => void
}

export function FileChoice({ busy, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const take = (files: FileList | null) => {
    const [file] = files ?? []
    if (file && !busy) onFile(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className="exchange-drop"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        take(event.dataTransfer.files)
      }}
    >
      <Button
        weight="primary"
        icon={<FileUp aria-hidden="true" />}
        isDisabled={busy}
        onPress={() => input.current?.click()}
      >
        Choose a file
      </Button>
      <p className="exchange-soft">Or drop it here. It may have up to 20 MB.</p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File to import"
        onChange={({ target }) => {
          take(target.files)
          // The same file can be chosen again.
          target.value = ''
        }}
      />
    </div>
  )
}
