/** The bar above the panes: the title, the nodes, the switches of the map and the editor, and what the page adds. */
import { FileCode2, type LucideIcon, Network } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SessionView } from '../../main/api'
import type { Action } from '../api'
import { Button, PageTitle } from '../components'
import { type Pane, useEditor, useMap } from './layouts'
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
  const [map, files] = [useMap(), useEditor()]
  const isDisabled = editor.editorIsDisabled ?? false
  return (
    <div className="bench-header">
      <PageTitle title={title} />
      {session && <Nodes session={session} action={action} onPreview={onPreview} />}
      <div className="row">
        <PaneButton pane={map} words={['Map', 'Hide map']} icon={Network} isDisabled={isDisabled} />
        <PaneButton pane={files} words={['Editor', 'Hide editor']} icon={FileCode2} isDisabled={isDisabled} />
        {children}
      </div>
    </div>
  )
}

interface PaneButtonProps {
  readonly pane: Pane
  /** The name of the pane when it is hidden, and the words that hide it. */
  readonly words: readonly [show: string, hide: string]
  readonly icon: LucideIcon
  readonly isDisabled: boolean
}

function PaneButton({
  pane: { isOpen, toggle },
  words: [show, hide],
  icon: Icon,
  isDisabled,
}: PaneButtonProps) {
  return (
    <Button
      weight="quiet"
      small
      isDisabled={isDisabled}
      aria-pressed={isOpen}
      icon={<Icon aria-hidden="true" />}
      onPress={toggle}
    >
      {isOpen ? hide : show}
    </Button>
  )
}
