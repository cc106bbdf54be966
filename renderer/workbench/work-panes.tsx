/** Text on one side, the terminals and the editor of a session on the other. The user sets the widths. */
import { lazy, type ReactNode, type Ref, Suspense } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import type { SessionView } from '../../main/api'
import { useEditor, useLayouts } from './layouts'
import { usePaneKeys } from './pane-keys'
import { Terminals, type TerminalsHandle } from './terminals'
import './work-panes.css'

const Files = lazy(async () => ({ default: (await import('./files')).Files }))

interface Props {
  readonly text: ReactNode
  /** Null while there are no nodes. `instead` is shown then. */
  readonly session: SessionView | null
  readonly instead?: ReactNode
  readonly terminals: Ref<TerminalsHandle>
  /** The panes lie one above the other, because there is no room for them side by side. */
  readonly isNarrow?: boolean
}

export function WorkPanes({ text, session, instead, terminals, isNarrow = false }: Props) {
  const { layout, keep } = useLayouts()
  usePaneKeys()
  const name = isNarrow ? 'lab-stack' : 'lab-columns'
  const columns = layout(name)
  return (
    <Group
      className="bench-panes"
      orientation={isNarrow ? 'vertical' : 'horizontal'}
      {...(columns && { defaultLayout: columns })}
      onLayoutChanged={(now) => keep(name, now)}
    >
      <Panel id="instructions" defaultSize={isNarrow ? '50%' : '38%'} minSize="22%">
        {text}
      </Panel>
      <Separator
        className={`bench-separator ${isNarrow ? 'bench-separator-row' : ''}`}
        aria-label={isNarrow ? 'Height of the instructions' : 'Width of the instructions'}
      />
      <Panel id="work" minSize="30%">
        {session?.state === 'running' ? (
          // A reset may be over before the page has drawn it. New nodes have a new start, and need new terminals.
          <Work key={`${session.id} ${session.startedAt}`} session={session} terminals={terminals} />
        ) : (
          (instead ?? <Waiting activity={session?.activity ?? null} />)
        )}
      </Panel>
    </Group>
  )
}

export function Waiting({ activity }: { readonly activity: string | null }) {
  return (
    <div className="bench-wait" role="status">
      <span className="bench-wait-dot" aria-hidden="true" />
      {activity ?? 'One moment'}…
    </div>
  )
}

interface WorkProps {
  readonly session: SessionView
  readonly terminals: Ref<TerminalsHandle>
}

function Work({ session, terminals }: WorkProps) {
  const { layout, keep } = useLayouts()
  const editor = useEditor()
  const rows = layout('lab-rows')
  return (
    <Group
      orientation="vertical"
      {...(rows && { defaultLayout: rows })}
      onLayoutChanged={(now) => keep('lab-rows', now)}
    >
      {editor.isOpen && (
        <>
          <Panel id="editor" defaultSize="50%" minSize="20%">
            <Suspense fallback={<div className="bench-wait">Loading the editor…</div>}>
              <Files key={session.id} session={session} />
            </Suspense>
          </Panel>
          <Separator className="bench-separator bench-separator-row" aria-label="Height of the editor" />
        </>
      )}
      <Panel id="terminals" minSize="20%">
        <Terminals ref={terminals} session={session} />
      </Panel>
    </Group>
  )
}
