/** Text on one side, the terminals, the editor and the map of a session on the other. The user sets the widths. */
import { lazy, type ReactNode, type Ref, Suspense, useCallback, useRef } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import type { SessionView } from '../../main/api'
import { PointersContext } from '../components'
import { MapPane, type Pointed, usePointers } from '../map'
import { useEditor, useLayouts, useMap } from './layouts'
import { usePaneKeys } from './pane-keys'
import { Terminals, type TerminalsHandle } from './terminals'
import { useFontKeys } from './use-font-keys'
import './work-panes.css'

const Files = lazy(async () => ({ default: (await import('./files')).Files }))

interface Props {
  /** Without it, the work has the whole width. */
  readonly text?: ReactNode
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
  const map = useMap()
  const editor = useEditor()
  const { pointers, pointed } = usePointers(map.open)
  const work =
    session?.state === 'running' ? (
      // A reset may be over before the page has drawn it. New nodes have a new start, and need new terminals.
      <Work
        key={`${session.id} ${session.startedAt}`}
        session={session}
        terminals={terminals}
        pointed={pointed}
      />
    ) : (
      (instead ?? <Waiting activity={session?.activity ?? null} />)
    )
  if (text === undefined) return <div className="bench-panes">{work}</div>
  const panes = (
    <Group
      className="bench-panes"
      orientation={isNarrow ? 'vertical' : 'horizontal'}
      {...(columns && { defaultLayout: columns })}
      onLayoutChanged={(now) => keep(name, now)}
    >
      <Panel id="instructions" defaultSize={isNarrow ? '50%' : '38%'} minSize="22%">
        <PointersContext.Provider value={session?.state === 'running' ? pointers : null}>
          {text}
        </PointersContext.Provider>
      </Panel>
      <Separator
        className={`bench-separator ${isNarrow ? 'bench-separator-row' : ''}`}
        aria-label={isNarrow ? 'Height of the instructions' : 'Width of the instructions'}
      />
      <Panel id="work" minSize="30%">
        {work}
      </Panel>
    </Group>
  )
  if (!isNarrow) return panes
  const count = 2 + Number(map.isOpen) + Number(editor.isOpen)
  return (
    <div className="bench-stack" data-panes={count}>
      {panes}
    </div>
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
  /** What a text points to on the map. */
  readonly pointed: Pointed | null
}

function Work({ session, terminals, pointed }: WorkProps) {
  const { layout, keep } = useLayouts()
  const editor = useEditor()
  const map = useMap()
  const [own, both] = useBoth(terminals)
  const name = ['lab-rows', map.isOpen && 'map', map.isOpen && editor.isOpen && 'editor']
    .filter(Boolean)
    .join('-')
  const rows = layout(name)
  const changeFont = useFontKeys()
  return (
    <div className="bench-work" onKeyDownCapture={changeFont}>
      <Group
        orientation="vertical"
        {...(rows && { defaultLayout: rows })}
        onLayoutChanged={(now) => keep(name, now)}
      >
        {map.isOpen && (
          <>
            <Panel id="map" defaultSize="50%" minSize="20%">
              <MapPane
                sessionId={session.id}
                pointed={pointed}
                onPreview={(node, port) => own.current?.preview(node, port)}
              />
            </Panel>
            <Separator className="bench-separator bench-separator-row" aria-label="Height of the map" />
          </>
        )}
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
          <Terminals ref={both} session={session} />
        </Panel>
      </Group>
    </div>
  )
}

/** A reference of one's own to what the page refers to as well. */
function useBoth<T>(theirs: Ref<T>) {
  const own = useRef<T>(null)
  const both = useCallback(
    (value: T | null) => {
      own.current = value
      if (typeof theirs === 'function') theirs(value)
      else if (theirs) theirs.current = value
    },
    [theirs],
  )
  return [own, both] as const
}
