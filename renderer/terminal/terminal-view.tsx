/** Shows one terminal, with its search. */
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useClient, useSettings } from '../api'
import { mayTakeFocus } from '../components'
import { useTheme } from '../theme'
import { terminalTheme } from './colours'
import type { Wishes } from './key-binding'
import { RequestBar } from './request-bar'
import { preview, type RequestListeners, type TerminalRequest } from './requests'
import { openScreen, type Screen } from './screen'
import { TerminalSearch } from './terminal-search'
import '@xterm/xterm/css/xterm.css'
import './terminal.css'

interface Props {
  readonly terminalId: string
  readonly title: string
  /** It has the focus when the page gives it to a terminal. */
  readonly isActive: boolean
  /** It takes the focus whenever this grows. */
  readonly focusTimes?: number
  /** It is on the page; the active one always is. */
  readonly isShown?: boolean
  /** F6 was pressed: the focus goes to the next pane, or to the one before. */
  readonly onLeave: (backwards: boolean) => void
  /** Stands below the screen. */
  readonly end?: ReactNode
}

export function TerminalView({
  terminalId,
  title,
  isActive,
  isShown = isActive,
  focusTimes = 0,
  onLeave,
  end,
}: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [searchIsOpen, setSearchIsOpen] = useState(false)
  const [request, setRequest] = useState<TerminalRequest | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const screen = useScreen(place, terminalId, {
    leave: onLeave,
    search: () => setSearchIsOpen(true),
    onRequest: setRequest,
    onLink: setLink,
  })
  useLook(screen)

  useEffect(() => {
    if (!isActive) return
    screen.current?.fit()
    if (mayTakeFocus()) screen.current?.terminal.focus()
  }, [isActive, screen])

  useEffect(() => {
    if (focusTimes > 0) screen.current?.terminal.focus()
  }, [focusTimes, screen])

  const closeSearch = () => {
    setSearchIsOpen(false)
    screen.current?.terminal.focus()
  }
  return (
    <section
      className="terminal-view"
      hidden={!isShown}
      aria-label={`Terminal ${title}`}
      data-pane="terminal"
      data-testid="terminal"
    >
      <div ref={place} className="terminal-place" />
      {link && <p className="terminal-link">{preview(link)}</p>}
      {request && (
        <RequestBar
          title={title}
          request={request}
          onClose={() => {
            setRequest(null)
            screen.current?.terminal.focus()
          }}
        />
      )}
      {searchIsOpen && screen.current && (
        <TerminalSearch search={screen.current.search} onClose={closeSearch} />
      )}
      {end}
    </section>
  )
}

/** The screen lives as long as the terminal that it shows. */
function useScreen(
  place: RefObject<HTMLDivElement | null>,
  terminalId: string,
  wishes: Wishes & RequestListeners,
): RefObject<Screen | null> {
  const api = useClient()
  const screen = useRef<Screen | null>(null)
  const latest = useRef(wishes)
  latest.current = wishes
  useEffect(() => {
    if (!place.current) return
    const opened = openScreen({
      api,
      terminalId,
      place: place.current,
      leave: (backwards) => latest.current.leave(backwards),
      search: () => latest.current.search(),
      requests: {
        onRequest: (request) => latest.current.onRequest(request),
        onLink: (url) => latest.current.onLink(url),
      },
    })
    screen.current = opened
    return () => {
      screen.current = null
      opened.dispose()
    }
  }, [api, terminalId, place])
  return screen
}

/** Gives the terminal the size and the colours of the settings. */
function useLook(screen: RefObject<Screen | null>): void {
  const { settings } = useSettings()
  const theme = useTheme(settings.theme)
  const { fontSize, scrollback, screenReader } = settings.terminal
  useEffect(() => screen.current?.serveScreenReader(screenReader), [screen, screenReader])
  useEffect(() => {
    const terminal = screen.current?.terminal
    if (!terminal) return
    terminal.options = { fontSize, scrollback, theme: terminalTheme(theme) }
    screen.current?.fit()
  }, [screen, fontSize, scrollback, theme])
}
