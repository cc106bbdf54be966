/** Shows which folder the tree begins at, and goes to another one: any folder of the node, or a file that is opened. */
import { ArrowUp, House } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../components'
import { ROOT } from './use-folders'

interface Props {
  readonly folder: string
  readonly onGo: (path: string) => void
}

export function FolderField({ folder, onGo }: Props) {
  const parent = folder.replace(/\/[^/]+$/, '') || '/'
  return (
    <div className="files-folder">
      <IconButton
        icon={ArrowUp}
        label="Folder above"
        isDisabled={folder === '/'}
        onPress={() => onGo(parent)}
      />
      <IconButton icon={House} label="Home folder" isDisabled={folder === ROOT} onPress={() => onGo(ROOT)} />
      <PathField key={folder} folder={folder} onGo={onGo} />
    </div>
  )
}

function PathField({ folder, onGo }: Props) {
  const [text, setText] = useState(folder)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const wanted = text.trim().replace(/(?<=.)\/+$/, '')
        if (wanted) onGo(wanted.startsWith('/') ? wanted : `${folder.replace(/\/$/, '')}/${wanted}`)
      }}
    >
      <input
        aria-label="Folder or file"
        spellCheck={false}
        maxLength={4096}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </form>
  )
}
