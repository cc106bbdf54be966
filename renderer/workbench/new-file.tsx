/** A button that turns into a field for the name of a new file. */
import { FilePlus } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../components'

interface Props {
  /** A name without a path is one in this folder. */
  readonly folder: string
  readonly onCreate: (path: string) => void
}

export function NewFile({ folder, onCreate }: Props) {
  const [name, setName] = useState<string | null>(null)
  if (name === null) return <IconButton icon={FilePlus} label="New file" onPress={() => setName('')} />
  const finish = () => {
    const path = name.trim()
    if (path) onCreate(path.startsWith('/') ? path : `${folder.replace(/\/$/, '')}/${path}`)
    setName(null)
  }
  return (
    <form
      className="files-new"
      onSubmit={(event) => {
        event.preventDefault()
        finish()
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the field was asked for by a button
        autoFocus
        aria-label="Name of the new file"
        placeholder="app/Dockerfile"
        value={name}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && setName(null)}
      />
    </form>
  )
}
