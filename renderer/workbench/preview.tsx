/** Shows what a port of a node answers, in a frame of its own origin. One may ask for any page of it. */
import { ExternalLink, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../components'
import type { OpenPreview } from './use-previews'
import './preview.css'

interface Props {
  readonly preview: OpenPreview
  readonly isShown: boolean
  /** Another page of the server is asked for. */
  readonly onGo: (path: string) => void
}

export function Preview({ preview: { id, node, port, url, path }, isShown, onGo }: Props) {
  const [turn, setTurn] = useState(0)
  const address = path === '/' ? url : `${url}?to=${encodeURIComponent(path)}`
  const loadAgain = () => setTurn((last) => last + 1)
  return (
    <div className="preview" data-pane="preview" hidden={!isShown}>
      <div className="preview-bar">
        <IconButton icon={RotateCw} label="Load again" onPress={loadAgain} />
        <AddressField
          key={path}
          label={id}
          path={path}
          onGo={(next) => {
            onGo(next)
            loadAgain()
          }}
        />
        <a href={address} target="_blank" rel="noreferrer" title={new URL(url).origin}>
          Open in a new tab <ExternalLink aria-hidden="true" />
        </a>
      </div>
      {/* The content comes from a lab's containers. It may run its own scripts, but it cannot touch this page. */}
      <iframe
        key={turn}
        src={address}
        title={`Port ${port} of ${node}`}
        sandbox="allow-scripts allow-forms allow-same-origin"
        referrerPolicy="no-referrer"
      />
    </div>
  )
}

interface AddressProps {
  /** The node and its port. */
  readonly label: string
  readonly path: string
  readonly onGo: (path: string) => void
}

function AddressField({ label, path, onGo }: AddressProps) {
  const [text, setText] = useState(path)
  return (
    <form
      className="preview-address"
      onSubmit={(event) => {
        event.preventDefault()
        const wanted = text.trim()
        onGo(wanted.startsWith('/') ? wanted : `/${wanted}`)
      }}
    >
      <span>{label}</span>
      <input
        aria-label={`Path on ${label}`}
        value={text}
        maxLength={2000}
        onChange={({ target }) => setText(target.value)}
      />
    </form>
  )
}
