/** One terminal on the page. */
import { ClipboardAddon } from '@xterm/addon-clipboard'
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { WebglAddon } from '@xterm/addon-webgl'
import { Terminal } from '@xterm/xterm'
import { useEffect, useRef, useState } from 'react'
import type { TerminalFrame } from '../../main/api'
import { Feed } from '../../shared/screen'
import { api } from '../api/connection'
import { useSettings } from '../api/settings'
import { useTheme } from '../theme/theme'
import { terminalTheme } from './colours'
import { currentPlatform, keyAction } from './keys'
import { TerminalSearch } from './terminal-search'
import '@xterm/xterm/css/xterm.css'
import './terminal.css'

interface Props {
  readonly terminalId: string
  readonly title: string
  readonly isActive: boolean
  /** F6 was pressed: the focus goes to the next pane. */
  readonly onLeave: (backwards: boolean) => void
}

/** Acknowledgements are sent for pieces of this many characters, not for each. */
const ACK_CHARS = 5_000

export function TerminalView({ terminalId, title, isActive, onLeave }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const shown = useRef<Shown | null>(null)
  const leave = useRef(onLeave)
  leave.current = onLeave
  const [searchIsOpen, setSearchIsOpen] = useState(false)
  const { settings } = useSettings()
  const theme = useTheme(settings.theme)
  const { fontSize, scrollback } = settings.terminal

  useEffect(() => {
    if (!place.current) return
    const view = show(terminalId, place.current, {
      leave: (backwards) => leave.current(backwards),
      search: () => setSearchIsOpen(true),
    })
    shown.current = view
    return () => {
      shown.current = null
      view.dispose()
    }
  }, [terminalId])

  useEffect(() => {
    const terminal = shown.current?.terminal
    if (!terminal) return
    terminal.options = { fontSize, scrollback, theme: terminalTheme(theme) }
    shown.current?.fit()
  }, [fontSize, scrollback, theme])

  useEffect(() => {
    if (!isActive) return
    shown.current?.fit()
    shown.current?.terminal.focus()
  }, [isActive])

  return (
    <section
      className="terminal-view"
      hidden={!isActive}
      aria-label={`Terminal ${title}`}
      data-testid="terminal"
    >
      <div ref={place} className="terminal-place" />
      {searchIsOpen && shown.current && (
        <TerminalSearch
          search={shown.current.search}
          onClose={() => {
            setSearchIsOpen(false)
            shown.current?.terminal.focus()
          }}
        />
      )}
    </section>
  )
}

interface Shown {
  readonly terminal: Terminal
  readonly search: SearchAddon
  fit(): void
  dispose(): void
}

interface Asked {
  readonly leave: (backwards: boolean) => void
  readonly search: () => void
}

function show(terminalId: string, place: HTMLElement, asked: Asked): Shown {
  const terminal = new Terminal({
    allowProposedApi: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    lineHeight: 1.2,
    cursorBlink: true,
    // Colours that a program chose without knowing the theme stay readable (WCAG AA).
    minimumContrastRatio: 4.5,
    macOptionIsMeta: true,
  })
  const [fit, search] = [new FitAddon(), new SearchAddon()]
  terminal.loadAddon(fit)
  terminal.loadAddon(search)
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  terminal.loadAddon(new ClipboardAddon())
  terminal.loadAddon(new WebLinksAddon((_event, uri) => window.open(uri, '_blank', 'noopener')))
  terminal.open(place)
  drawFast(terminal)
  bindKeys(terminal, asked)
  const write = (data: string) => void api.call('terminal.write', { terminalId, data }).catch(() => undefined)
  terminal.onData(write)
  const stopOutput = api.subscribe(
    'terminal.output',
    { terminalId },
    { onItem: receiver(terminal, terminalId) },
  )
  const refit = () => {
    if (place.clientWidth > 0 && place.clientHeight > 0) fit.fit()
  }
  terminal.onResize(
    ({ cols, rows }) => void api.call('terminal.resize', { terminalId, cols, rows }).catch(() => undefined),
  )
  const observer = new ResizeObserver(() => requestAnimationFrame(refit))
  observer.observe(place)
  return {
    terminal,
    search,
    fit: refit,
    dispose: () => {
      observer.disconnect()
      stopOutput()
      terminal.dispose()
    },
  }
}

/** The graphics card draws where there is one; `?renderer=dom` keeps the text in the page's tree. */
function drawFast(terminal: Terminal): void {
  if (new URLSearchParams(window.location.search).get('renderer') === 'dom') return
  try {
    const webgl = new WebglAddon()
    webgl.onContextLoss(() => webgl.dispose())
    terminal.loadAddon(webgl)
  } catch {
    // Without WebGL the terminal draws in the page's tree: slower, and just as right.
  }
}

function receiver(terminal: Terminal, terminalId: string): (frame: TerminalFrame) => void {
  let drawn = 0
  const acknowledge = (chars: number) => {
    drawn += chars
    if (drawn < ACK_CHARS) return
    void api.call('terminal.ack', { terminalId, chars: drawn }).catch(() => undefined)
    drawn = 0
  }
  const feed = new Feed(terminal, acknowledge)
  return (frame) => {
    if (frame.kind === 'data') return feed.push(frame.data)
    feed.flush()
    if (frame.kind === 'exit')
      return terminal.write(`\r\n\u001b[2m[the shell has ended with exit code ${frame.code}]\u001b[0m\r\n`)
    terminal.reset()
    drawn = 0
    terminal.write(frame.data)
    // The shell learns the size of this page's terminal even where it is the one that xterm starts with.
    const { cols, rows } = terminal
    void api.call('terminal.resize', { terminalId, cols, rows }).catch(() => undefined)
  }
}

function bindKeys(terminal: Terminal, { leave, search }: Asked): void {
  const platform = currentPlatform()
  terminal.attachCustomKeyEventHandler((event) => {
    const action = keyAction(event, { platform, hasSelection: terminal.hasSelection() })
    if (!action) return true
    if (event.type !== 'keydown') return false
    event.preventDefault()
    if (action === 'copy') void navigator.clipboard.writeText(terminal.getSelection())
    if (action === 'paste') void navigator.clipboard.readText().then((text) => terminal.paste(text))
    if (action === 'search') search()
    if (action === 'leave') {
      event.stopPropagation()
      leave(event.shiftKey)
    }
    return false
  })
}
