/** The terminals of a session: tabs, new ones, and code that is run in them. */
import { Plus, X } from 'lucide-react'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { PreviewView, SessionView, TerminalView as TerminalInfo } from '../../main/api'
import { api } from '../api/connection'
import { useAction, useStream } from '../api/hooks'
import { useSettings } from '../api/settings'
import { Button } from '../components/button'
import { ProblemPanel } from '../components/problem'
import { TerminalView } from '../terminal/terminal-view'
import { Preview } from './preview'
import '../components/menu.css'
import './tabs.css'
import './terminals.css'

export interface TerminalsHandle {
  /** Types the code into a terminal of the node, or into the one that is open. */
  run(code: string, node: string | null): void
  /** Shows what a port of a node answers. */
  preview(node: string, port: number): void
}

interface Props {
  readonly session: SessionView
  readonly ref: Ref<TerminalsHandle>
}

const FIRST_SIZE = { cols: 100, rows: 30 }
const HOST = 'this computer'

export function Terminals({ session, ref }: Props) {
  const sessionId = session.id
  const { value: terminals } = useStream('terminal.watch', { sessionId })
  const [activeId, setActiveId] = useState<string | null>(null)
  const [previews, setPreviews] = useState<readonly PreviewView[]>([])
  const { problem, run, forget } = useAction()
  const shown = previews.find(({ url }) => url === activeId)
  const active = shown ? undefined : (terminals?.find(({ id }) => id === activeId) ?? terminals?.[0])
  const open = (node: string | null) =>
    run(async () => setActiveId((await api.call('terminal.open', { sessionId, node, ...FIRST_SIZE })).id))
  /** One for each node; the first is shown. */
  const openEach = (nodes: readonly string[]) =>
    run(async () => {
      for (const node of nodes) await api.call('terminal.open', { sessionId, node, ...FIRST_SIZE })
    })
  const firstNode = session.nodes[0]?.name

  const asked = useRef(false)
  useEffect(() => {
    if (!terminals || asked.current) return
    asked.current = true
    if (terminals.length === 0) openEach(session.nodes.map(({ name }) => name))
  })

  useImperativeHandle(ref, () => ({
    run: (code, node) =>
      run(async () => {
        const fits = (one: TerminalInfo) => one.exitCode === null && (node === null || one.node === node)
        const target = [active, ...(terminals ?? [])].find((one) => one && fits(one))
        const terminal =
          target ??
          (await api.call('terminal.open', { sessionId, node: node ?? firstNode ?? null, ...FIRST_SIZE }))
        setActiveId(terminal.id)
        await api.call('terminal.write', { terminalId: terminal.id, data: `${code.replace(/\n/g, '\r')}\r` })
      }),
    preview: (node, port) =>
      run(async () => {
        const preview = await api.call('preview.open', { sessionId, node, port })
        setPreviews((all) => [...all.filter(({ url }) => url !== preview.url), preview])
        setActiveId(preview.url)
      }),
  }))

  if (!terminals) return <div className="terminals" aria-busy="true" />
  const close = (id: string) => run(() => api.call('terminal.close', { terminalId: id }))
  return (
    <section className="terminals" aria-label="Terminals" data-pane="terminal">
      <div className="tabs">
        <div className="tabs-list">
          {terminals.map((terminal) => (
            <Tab
              key={terminal.id}
              title={titleOf(terminal, terminals)}
              note={terminal.exitCode === null ? null : `ended (${terminal.exitCode})`}
              closes={`terminal ${titleOf(terminal, terminals)}`}
              isActive={terminal.id === active?.id}
              onChoose={() => setActiveId(terminal.id)}
              onClose={() => close(terminal.id)}
            />
          ))}
          {previews.map(({ node, port, url }) => (
            <Tab
              key={url}
              title={`${node}:${port}`}
              note={null}
              closes={`preview of ${node}:${port}`}
              isActive={url === shown?.url}
              onChoose={() => setActiveId(url)}
              onClose={() => setPreviews((all) => all.filter((one) => one.url !== url))}
            />
          ))}
        </div>
        <NewTerminal nodes={session.nodes.map(({ name }) => name)} onOpen={open} />
      </div>
      {problem && <ProblemPanel problem={problem} action="All right" onAction={forget} />}
      <div className="terminals-body">
        {terminals.map((terminal) => (
          <TerminalView
            key={terminal.id}
            terminalId={terminal.id}
            title={titleOf(terminal, terminals)}
            isActive={terminal.id === active?.id}
            onLeave={(backwards) =>
              window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F6', shiftKey: backwards }))
            }
          />
        ))}
        {previews.map((preview) => (
          <Preview key={preview.url} preview={preview} isActive={preview.url === shown?.url} />
        ))}
        {terminals.length === 0 && !shown && (
          <div className="bench-wait">
            <Button onPress={() => firstNode && open(firstNode)}>Open a terminal</Button>
          </div>
        )}
      </div>
    </section>
  )
}

/** The second terminal of a node is numbered. */
function titleOf(terminal: TerminalInfo, all: readonly TerminalInfo[]): string {
  const same = all.filter(({ title }) => title === terminal.title)
  return same.length > 1
    ? `${terminal.title} ${same.findIndex(({ id }) => id === terminal.id) + 1}`
    : terminal.title
}

interface TabProps {
  readonly title: string
  readonly note: string | null
  /** What its button closes. */
  readonly closes: string
  readonly isActive: boolean
  readonly onChoose: () => void
  readonly onClose: () => void
}

function Tab({ title, note, closes, isActive, onChoose, onClose }: TabProps) {
  return (
    <div className="tab" data-active={isActive}>
      <button type="button" aria-pressed={isActive} onClick={onChoose}>
        {title}
        {note && <small> {note}</small>}
      </button>
      <Button
        small
        weight="quiet"
        aria-label={`Close ${closes}`}
        icon={<X aria-hidden="true" />}
        onPress={onClose}
      />
    </div>
  )
}

function NewTerminal({
  nodes,
  onOpen,
}: {
  readonly nodes: readonly string[]
  readonly onOpen: (node: string | null) => void
}) {
  const { settings } = useSettings()
  const choices = settings.hostTerminal ? [...nodes, HOST] : nodes
  const [only] = choices
  if (choices.length === 1 && only) {
    return (
      <Button
        small
        weight="quiet"
        aria-label="New terminal"
        icon={<Plus aria-hidden="true" />}
        onPress={() => onOpen(only)}
      />
    )
  }
  return (
    <MenuTrigger>
      <AriaButton className="button button-quiet button-small button-icon" aria-label="New terminal">
        <Plus aria-hidden="true" />
      </AriaButton>
      <Popover className="menu">
        <Menu onAction={(key) => onOpen(key === HOST ? null : String(key))}>
          {choices.map((name) => (
            <MenuItem key={name} id={name} className="menu-item">
              {name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
