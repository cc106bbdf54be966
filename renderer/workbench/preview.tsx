/** Shows what a port of a node answers, in a frame of its own origin. */
import { ExternalLink, RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { PreviewView } from '../../main/api'
import { IconButton } from '../components'
import './preview.css'

interface Props {
  readonly preview: PreviewView
  readonly isActive: boolean
}

export function Preview({ preview: { node, port, url }, isActive }: Props) {
  const [turn, setTurn] = useState(0)
  return (
    <div className="preview" hidden={!isActive}>
      <div className="preview-bar">
        <IconButton icon={RotateCw} label="Load again" onPress={() => setTurn((last) => last + 1)} />
        <span>
          Port {port} of {node}
        </span>
        <a href={url} target="_blank" rel="noreferrer">
          {new URL(url).origin} <ExternalLink aria-hidden="true" />
        </a>
      </div>
      {/* The content comes from a lab's containers. It may run its own scripts, but it cannot touch this page. */}
      <iframe
        key={turn}
        src={url}
        title={`Port ${port} of ${node}`}
        sandbox="allow-scripts allow-forms allow-same-origin"
        referrerPolicy="no-referrer"
      />
    </div>
  )
}
