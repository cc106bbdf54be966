/** The terminals and previews of a session, each behind a tab. */
import { type Ref, useImperativeHandle } from 'react'
import type { SessionView } from '../../main/api'
import { ConfirmDialog, ProblemPanel, type TabItem, Tabs } from '../components'
import { LayoutMenu } from './layout-menu'
import { NewTerminal, NoTerminal } from './new-terminal'
import { isOn } from './node-states'
import { TerminalPanels } from './terminal-panels'
import { titleOf } from './terminal-titles'
import { type OpenTerminals, useTerminals } from './use-terminals'
import type { Typing } from './use-typing'
import './terminals.css'

export interface TerminalsHandle {
  /** Types a lab's code into a terminal of the node; the first node of the lab when it is null. */
  run(code: string, node: string | null): void
  /** Shows what a port of a node answers. */
  preview(node: string, port: number): void
}

interface Props {
  readonly session: SessionView
  readonly ref: Ref<TerminalsHandle>
}

export function Terminals({ session, ref }: Props) {
  const open = useTerminals(session)
  const { terminals, previews, activeId, action } = open
  useImperativeHandle(ref, () => ({ run: open.typing.type, preview: open.preview }))
  if (!terminals) return <div className="terminals" aria-busy="true" />
  const isEmpty = terminals.length + previews.length === 0
  return (
    <section className="terminals" aria-label="Terminals" aria-busy={open.isOpening}>
      <Tabs
        label="Open terminals"
        tabs={tabsOf(open, session.nodes)}
        activeId={activeId}
        onChoose={open.show}
        onClose={open.close}
        onRename={open.rename}
        end={
          <>
            <NewTerminal nodes={session.nodes} onOpen={open.open} />
            <LayoutMenu open={open} />
          </>
        }
      >
        {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
        <div className="terminals-body">
          <TerminalPanels nodes={session.nodes} open={open} />
          {isEmpty && !open.isOpening && (
            <NoTerminal nodes={session.nodes} onOpen={open.open} onStart={open.startNode} />
          )}
        </div>
      </Tabs>
      <Busy {...open.typing} />
    </section>
  )
}

/** Asks before one more terminal is opened for code. */
function Busy({ held, typeElsewhere, letGo }: Typing) {
  return (
    <ConfirmDialog
      title={`${held?.node} is busy`}
      text="A program runs in its terminal, and would get the code in place of the shell. Open a second terminal?"
      action="Open a second terminal"
      isOpen={held !== null}
      onClose={letGo}
      onConfirm={typeElsewhere}
    />
  )
}

function tabsOf(
  { terminals, previews, names }: OpenTerminals,
  nodes: SessionView['nodes'],
): readonly TabItem[] {
  const all = terminals ?? []
  return [
    ...all.map((terminal) => {
      const { id, exitCode, node: on } = terminal
      const name = names[id] ?? titleOf(terminal, all)
      const node = nodes.find((one) => one.name === on)
      const state = node && !isOn(node) ? node.state : `ended (${exitCode})`
      const title = (
        <>
          {name}
          {exitCode !== null && <small> {state}</small>}
        </>
      )
      return { id, name, title, closes: `terminal ${name}` }
    }),
    ...previews.map(({ id }) => ({ id, title: id, closes: `preview of ${id}` })),
  ]
}
