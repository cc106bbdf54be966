/** The panes of an open lab, their sizes, and the keys that go between them. */
import { FileCode2, RotateCcw, Square } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Group, type Layout, Panel, Separator } from 'react-resizable-panels'
import { useLocation } from 'wouter'
import type { LabDetail, SessionView } from '../../../main/api'
import { api } from '../../api/connection'
import { useAction } from '../../api/hooks'
import { useSettings } from '../../api/settings'
import { Button } from '../../components/button'
import { ConfirmDialog } from '../../components/dialog'
import { PageTitle } from '../../components/page-title'
import { ProblemPanel } from '../../components/problem'
import { Instructions } from './instructions'
import { Nodes } from './nodes'
import { nextPane, PANES } from './panes'
import { Terminals, type TerminalsHandle } from './terminals'

const Files = lazy(async () => ({ default: (await import('./files')).Files }))

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
}

export function Workbench({ lab, session }: Props) {
  const { layout, keep } = useLayouts()
  const terminals = useRef<TerminalsHandle>(null)
  const editorIsOpen = layout('lab-editor')?.open === 1
  const toggleEditor = () => keep('lab-editor', { open: editorIsOpen ? 0 : 1 })
  usePaneKeys()
  const isReady = session.state === 'running'
  const columns = layout('lab-columns')
  const rows = layout('lab-rows')
  return (
    <main id="main" className="lab">
      <LabHeader
        lab={lab}
        session={session}
        editorIsOpen={editorIsOpen}
        onEditor={toggleEditor}
        onPreview={(node, port) => terminals.current?.preview(node, port)}
      />
      <Group
        className="lab-panes"
        orientation="horizontal"
        {...(columns && { defaultLayout: columns })}
        onLayoutChanged={(now) => keep('lab-columns', now)}
      >
        <Panel id="instructions" defaultSize="38%" minSize="22%">
          <Instructions
            lab={lab}
            session={session}
            onRun={(code, node) => terminals.current?.run(code, node)}
          />
        </Panel>
        <Separator className="lab-separator" aria-label="Width of the instructions" />
        <Panel id="work" minSize="30%">
          {isReady ? (
            <Group
              orientation="vertical"
              {...(rows && { defaultLayout: rows })}
              onLayoutChanged={(now) => keep('lab-rows', now)}
            >
              {editorIsOpen && (
                <>
                  <Panel id="editor" defaultSize="50%" minSize="20%">
                    <Suspense fallback={<div className="lab-wait">Loading the editor…</div>}>
                      <Files session={session} />
                    </Suspense>
                  </Panel>
                  <Separator className="lab-separator lab-separator-row" aria-label="Height of the editor" />
                </>
              )}
              <Panel id="terminals" minSize="20%">
                <Terminals ref={terminals} session={session} />
              </Panel>
            </Group>
          ) : (
            <div className="lab-wait" role="status">
              <span className="lab-wait-dot" aria-hidden="true" />
              {session.activity ?? 'One moment'}…
            </div>
          )}
        </Panel>
      </Group>
    </main>
  )
}

interface HeaderProps extends Props {
  readonly editorIsOpen: boolean
  readonly onEditor: () => void
  readonly onPreview: (node: string, port: number) => void
}

function LabHeader({ lab, session, editorIsOpen, onEditor, onPreview }: HeaderProps) {
  const [asked, setAsked] = useState<'reset' | 'stop' | null>(null)
  const action = useAction()
  const { busy, problem, run, forget } = action
  const [, navigate] = useLocation()
  const ref = { sessionId: session.id }
  const stop = async () => {
    await api.call('session.stop', ref)
    navigate('/')
  }
  return (
    <>
      <div className="lab-header">
        <PageTitle title={lab.title} />
        <Nodes session={session} action={action} onPreview={onPreview} />
        <div className="row">
          <Button
            weight="quiet"
            small
            aria-pressed={editorIsOpen}
            icon={<FileCode2 aria-hidden="true" />}
            onPress={onEditor}
          >
            {editorIsOpen ? 'Hide editor' : 'Editor'}
          </Button>
          <Button
            weight="quiet"
            small
            isDisabled={busy || session.state !== 'running'}
            icon={<RotateCcw aria-hidden="true" />}
            onPress={() => setAsked('reset')}
          >
            Reset
          </Button>
          <Button
            weight="quiet"
            small
            isDisabled={busy}
            icon={<Square aria-hidden="true" />}
            onPress={() => setAsked('stop')}
          >
            Stop
          </Button>
        </div>
      </div>
      {problem && <ProblemPanel problem={problem} action="All right" onAction={forget} />}
      <ConfirmDialog
        title="Reset this lab?"
        text="You get new nodes and start at the first step. Everything in the nodes now is lost."
        action="Reset"
        danger
        isOpen={asked === 'reset'}
        onClose={() => setAsked(null)}
        onConfirm={() => run(() => api.call('session.reset', ref))}
      />
      <ConfirmDialog
        title="Stop this lab?"
        text="Its nodes are removed, and everything in them is lost. Your progress is kept."
        action="Stop"
        danger
        isOpen={asked === 'stop'}
        onClose={() => setAsked(null)}
        onConfirm={() => run(stop)}
      />
    </>
  )
}

/** Pane sizes by name, kept in the settings. */
function useLayouts() {
  const { settings, change } = useSettings()
  return {
    layout: (name: string): Layout | undefined => settings.layouts[name],
    keep: (name: string, layout: Layout) => void change({ layouts: { ...settings.layouts, [name]: layout } }),
  }
}

/** F6 goes to the next pane, Shift+F6 to the one before. */
function usePaneKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'F6') return
      event.preventDefault()
      focusPane(event.shiftKey)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

/** Moves the focus to the pane after the one that has it. */
function focusPane(backwards: boolean): void {
  const panes = PANES.map((id) => document.querySelector<HTMLElement>(`[data-pane="${id}"]`)).filter(
    (pane) => pane !== null,
  )
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  const pane = panes[nextPane(current, { count: panes.length, backwards })]
  const target = pane?.querySelector<HTMLElement>('[data-pane-focus], textarea, .native-edit-context') ?? pane
  target?.focus()
}
