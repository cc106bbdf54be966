/** The shell around every page. */
import { useEffect, useState } from 'react'
import { Router, useLocation } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { useSettings } from '../api'
import { useKeptScroll } from '../components'
import { SearchDialog } from '../features/search'
import { onSearchAsked, Tour } from '../path'
import { useLooks, useTheme } from '../theme'
import { ConnectionBanner } from './connection-banner'
import { Header } from './header'
import { HelpDialog } from './help-dialog'
import { Notices } from './notices'
import { Routes } from './routes'
import { SetUpFirst } from './set-up-first'
import { useSearchKeys } from './use-search-keys'
import './app.css'

export function App() {
  return (
    <Router hook={useHashLocation}>
      <Shell />
    </Router>
  )
}

function Shell() {
  const { settings } = useSettings()
  const [address] = useLocation()
  useKeptScroll(address)
  useTheme(settings.theme)
  useLooks(settings)
  const [helpIsOpen, setHelpIsOpen] = useState(false)
  // The words with which the search is open; null while it is closed.
  const [search, setSearch] = useState<string | null>(null)
  useHelpKey(() => setHelpIsOpen(true))
  useSearchKeys(() => setSearch(''))
  useEffect(() => onSearchAsked(setSearch), [])
  return (
    <div className="shell">
      <button type="button" className="skip-link" onClick={focusMain}>
        Skip to content
      </button>
      <Header onHelp={() => setHelpIsOpen(true)} onSearch={() => setSearch('')} />
      <ConnectionBanner />
      <SetUpFirst>
        <Routes />
      </SetUpFirst>
      <Notices />
      <Tour />
      <SearchDialog isOpen={search !== null} text={search ?? ''} onClose={() => setSearch(null)} />
      <HelpDialog isOpen={helpIsOpen} onClose={() => setHelpIsOpen(false)} />
    </div>
  )
}

/** A link to `#main` would change the route, so this is a button. */
function focusMain() {
  const main = document.getElementById('main')
  main?.setAttribute('tabindex', '-1')
  main?.focus()
}

/** `?` is a character where text is typed; F1 is not. The capture is before a terminal, which takes every key. */
function useHelpKey(open: () => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null
      const isTyping = target?.closest('input, textarea, [contenteditable]')
      if (event.key !== 'F1' && (event.key !== '?' || isTyping)) return
      event.preventDefault()
      event.stopPropagation()
      open()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  })
}
