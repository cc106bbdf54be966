/** An open lab: its header, its instructions, and the place to work in. */
import { FileCode2, RotateCcw, Square } from 'lucide-react'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { LabDetail, SessionView } from '../../../main/api'
import { api } from '../../api/connection'
import { useAction } from '../../api/hooks'
import { Button } from '../../components/button'
import { ConfirmDialog } from '../../components/dialog'
import { PageTitle } from '../../components/page-title'
import { ProblemPanel } from '../../components/problem'
import { Nodes, type TerminalsHandle, useEditor, WorkPanes } from '../../workbench'
import { Instructions } from './instructions'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
}

export function Workbench({ lab, session }: Props) {
  const terminals = useRef<TerminalsHandle>(null)
  const editor = useEditor()
  return (
    <main id="main" className="lab">
      <LabHeader
        lab={lab}
        session={session}
        editorIsOpen={editor.isOpen}
        onEditor={editor.toggle}
        onPreview={(node, port) => terminals.current?.preview(node, port)}
      />
      <WorkPanes
        session={session}
        terminals={terminals}
        text={
          <Instructions
            lab={lab}
            session={session}
            onRun={(code, node) => terminals.current?.run(code, node)}
          />
        }
      />
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
      <div className="bench-header">
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
