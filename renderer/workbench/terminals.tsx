/** The terminals and previews of a session, each behind a tab. */
import { Plus } from 'lucide-react'
import { type Ref, useImperativeHandle } from 'react'
import type { SessionView } from '../../main/api'
import { useSettings } from '../api'
import { Button, IconButton, ProblemPanel, type TabItem, TabPanel, Tabs } from '../components'
import { TerminalView } from '../terminal'
import { MenuButton } from './menu-button'
import { focusNextPane } from './pane-keys'
import { Preview } from './preview'
import { titleOf } from './terminal-titles'
import { type OpenTerminals, useTerminals } from './use-terminals'
import './terminals.css'

export interface TerminalsHandle {
  /** Types a lab's code into a terminal of the node, or into the one of a node that is shown. */
  run(code: string, node: string | null): void
  /** Shows what a port of a node answers. */
  preview(node: string, port: number): void
}

interface Props {
  readonly session: SessionView
  readonly ref: Ref<TerminalsHandle>
}

const HOST = 'this computer'

export function Terminals({ session, ref }: Props) {
  const open = useTerminals(session)
  const { terminals, previews, activeId, action } = open
  useImperativeHandle(ref, () => ({ run: open.type, preview: open.preview }))
  if (!terminals) return <div className="terminals" aria-busy="true" />
  const nodes = session.nodes.map(({ name }) => name)
  const [firstNode] = nodes
  return (
    <section className="terminals" aria-label="Terminals" data-pane="terminal">
      <Tabs
        label="Open terminals"
        tabs={tabsOf(open)}
        activeId={activeId}
        onChoose={open.show}
        onClose={open.close}
        end={<NewTerminal nodes={nodes} onOpen={open.open} />}
      >
        {action.problem && (
          <ProblemPanel problem={action.problem} action="All right" onAction={action.forget} />
        )}
        <div className="terminals-body">
          <Panels {...open} />
          {terminals.length + previews.length === 0 && (
            <div className="bench-wait">
              <Button onPress={() => firstNode && open.open(firstNode)}>Open a terminal</Button>
            </div>
          )}
        </div>
      </Tabs>
    </section>
  )
}

function tabsOf({ terminals, previews }: OpenTerminals): readonly TabItem[] {
  const all = terminals ?? []
  return [
    ...all.map((terminal) => {
      const title = titleOf(terminal, all)
      const { id, exitCode } = terminal
      return { id, title: <TerminalTitle title={title} exitCode={exitCode} />, closes: `terminal ${title}` }
    }),
    ...previews.map(({ node, port, url }) => {
      const title = `${node}:${port}`
      return { id: url, title, closes: `preview of ${title}` }
    }),
  ]
}

function TerminalTitle({ title, exitCode }: { readonly title: string; readonly exitCode: number | null }) {
  return (
    <>
      {title}
      {exitCode !== null && <small> ended ({exitCode})</small>}
    </>
  )
}

/** All panels stay alive, so that a terminal keeps what is on its screen. */
function Panels({ terminals, previews, activeId }: OpenTerminals) {
  return (
    <>
      {terminals?.map((terminal) => (
        <TabPanel key={terminal.id} id={terminal.id} shouldForceMount>
          <TerminalView
            terminalId={terminal.id}
            title={titleOf(terminal, terminals)}
            isActive={terminal.id === activeId}
            onLeave={focusNextPane}
          />
        </TabPanel>
      ))}
      {previews.map((preview) => (
        <TabPanel key={preview.url} id={preview.url} shouldForceMount>
          <Preview preview={preview} isActive={preview.url === activeId} />
        </TabPanel>
      ))}
    </>
  )
}

interface NewTerminalProps {
  readonly nodes: readonly string[]
  /** @param node null for this computer */
  readonly onOpen: (node: string | null) => void
}

function NewTerminal({ nodes, onOpen }: NewTerminalProps) {
  const { settings } = useSettings()
  const choices = settings.hostTerminal ? [...nodes, HOST] : nodes
  const [only] = choices
  if (choices.length === 1 && only)
    return <IconButton icon={Plus} label="New terminal" onPress={() => onOpen(only)} />
  return (
    <MenuButton
      label="New terminal"
      choices={choices.map((name) => ({
        id: name,
        text: name,
        onChoose: () => onOpen(name === HOST ? null : name),
      }))}
    >
      <IconButton icon={Plus} label="New terminal" />
    </MenuButton>
  )
}
