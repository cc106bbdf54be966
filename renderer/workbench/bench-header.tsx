/** The bar above the panes: the title, the nodes, the switches of the map and the editor, and what the page adds. */
import { FileCode2, Network } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SessionView } from '../../main/api'
import type { Action } from '../api'
import { Button, PageTitle } from '../components'
import { useEditor, useMap } from './layouts'
import { Nodes } from './nodes'

interface Props {
  readonly title: string
  /** Null while there are no nodes. */
  readonly session: SessionView | null
  readonly action: Action
  readonly onPreview: (node: string, port: number) => void
  readonly editorIsDisabled?: boolean
  /** Buttons at the end of the bar. */
  readonly children: ReactNode
}

export function BenchHeader({ title, session, action, onPreview, children, ...editor }: Props) {
  return (
    <div className="bench-header">
      <PageTitle title={title} />
      {session && <Nodes session={session} action={action} onPreview={onPreview} />}
      <div className="row">
        <MapButton isDisabled={editor.editorIsDisabled ?? false} />
        <EditorButton isDisabled={editor.editorIsDisabled ?? false} />
        {children}
      </div>
    </div>
  )
}

function EditorButton({ isDisabled }: { readonly isDisabled: boolean }) {
  const { isOpen, toggle } = useEditor()
  return (
    <Button
      weight="quiet"
      small
      isDisabled={isDisabled}
      aria-pressed={isOpen}
      icon={<FileCode2 aria-hidden="true" />}
      onPress={toggle}
    >
      {isOpen ? 'Hide editor' : 'Editor'}
    </Button>
  )
}

function MapButton({ isDisabled }: { readonly isDisabled: boolean }) {
  const { isOpen, toggle } = useMap()
  return (
    <Button
      weight="quiet"
      small
      isDisabled={isDisabled}
      aria-pressed={isOpen}
      icon={<Network aria-hidden="true" />}
      onPress={toggle}
    >
      {isOpen ? 'Hide map' : 'Map'}
    </Button>
  )
}
