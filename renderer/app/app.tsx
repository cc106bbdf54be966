/** The shell: header, routes, notices, help. */
import { CircleHelp, Settings as SettingsIcon } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Link, Route, Router, Switch, useLocation } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { useConnectionState, useStream } from '../api/hooks'
import { useSettings } from '../api/settings'
import { Button } from '../components/button'
import { Logo } from '../components/logo'
import { CataloguePage } from '../features/catalogue/catalogue-page'
import { AttemptPage } from '../features/exam/attempt-page'
import { ExamPage } from '../features/exam/exam-page'
import { ResultPage } from '../features/exam/result-page'
import { HandsOnAttemptPage } from '../features/hands-on/attempt-page'
import { HandsOnPage } from '../features/hands-on/hands-on-page'
import { LabPage } from '../features/lab/lab-page'
import { PracticePage } from '../features/practice/practice-page'
import { ItemsPage } from '../features/progress/items-page'
import { ProgressPage } from '../features/progress/progress-page'
import { SettingsPage } from '../features/settings/settings-page'
import { SetupPage } from '../features/setup/setup-page'
import { useTheme } from '../theme/theme'
import { HelpDialog } from './help-dialog'
import { Notices } from './notices'
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
  useTheme(settings.theme)
  const [helpIsOpen, setHelpIsOpen] = useState(false)
  useHelpKey(() => setHelpIsOpen(true))
  return (
    <div className="shell">
      <button type="button" className="skip-link" onClick={focusMain}>
        Skip to content
      </button>
      <Header onHelp={() => setHelpIsOpen(true)} />
      <ConnectionBanner />
      <SetUpFirst>
        <Switch>
          <Route path="/">
            <CataloguePage />
          </Route>
          <Route path="/labs/:labId">{({ labId }) => <LabPage key={labId} labId={labId} />}</Route>
          <Route path="/exam">
            <ExamPage />
          </Route>
          <Route path="/exam/:attemptId">
            {({ attemptId }) => <AttemptPage key={attemptId} attemptId={attemptId} />}
          </Route>
          <Route path="/exam/:attemptId/result">
            {({ attemptId }) => <ResultPage key={attemptId} attemptId={attemptId} />}
          </Route>
          <Route path="/practice">
            <PracticePage />
          </Route>
          <Route path="/hands-on">
            <HandsOnPage />
          </Route>
          <Route path="/hands-on/:attemptId">
            {({ attemptId }) => <HandsOnAttemptPage key={attemptId} attemptId={attemptId} />}
          </Route>
          <Route path="/progress">
            <ProgressPage />
          </Route>
          <Route path="/progress/items">
            <ItemsPage />
          </Route>
          <Route path="/settings">
            <SettingsPage />
          </Route>
          <Route>
            <main id="main" className="page">
              <h1>There is nothing here</h1>
              <Link href="/">Go to the labs</Link>
            </main>
          </Route>
        </Switch>
      </SetUpFirst>
      <Notices />
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

function Header({ onHelp }: { readonly onHelp: () => void }) {
  const [location, navigate] = useLocation()
  return (
    <header className="header">
      <Link href="/" className="brand" aria-label="Capstan">
        <Logo />
        <span>Capstan</span>
      </Link>
      <nav aria-label="Main">
        <Link href="/" aria-current={location === '/' ? 'page' : undefined}>
          Labs
        </Link>
        <Link href="/exam" aria-current={location.startsWith('/exam') ? 'page' : undefined}>
          Exam
        </Link>
        <Link href="/practice" aria-current={location === '/practice' ? 'page' : undefined}>
          Practice
        </Link>
        <Link href="/hands-on" aria-current={location.startsWith('/hands-on') ? 'page' : undefined}>
          Hands-on
        </Link>
        <Link href="/progress" aria-current={location.startsWith('/progress') ? 'page' : undefined}>
          Progress
        </Link>
      </nav>
      <div className="header-end">
        <Button
          weight="quiet"
          aria-label="Keyboard help"
          icon={<CircleHelp aria-hidden="true" />}
          onPress={onHelp}
        />
        <Button
          weight="quiet"
          aria-label="Settings"
          icon={<SettingsIcon aria-hidden="true" />}
          onPress={() => navigate('/settings')}
        />
      </div>
    </header>
  )
}

function ConnectionBanner() {
  const state = useConnectionState()
  if (state !== 'lost') return null
  return (
    <div className="banner" role="status">
      The connection to Capstan was lost. It is being restored…
    </div>
  )
}

/** Pages without nodes; the settings may be what brings the engine back. */
const NEEDS_NO_ENGINE = /^\/(settings|exam|practice|progress)(\/|$)/

/** The set-up page stands before everything that needs an engine. */
function SetUpFirst({ children }: { readonly children: ReactNode }) {
  const { value: setup } = useStream('setup.watch', {})
  const [location] = useLocation()
  const [isPatient, setIsPatient] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsPatient(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (NEEDS_NO_ENGINE.test(location) || setup?.phase === 'ready') return children
  // A set-up that is over in a moment is not shown at all.
  if (!setup || (setup.phase === 'running' && !isPatient)) return null
  return <SetupPage setup={setup} />
}

function useHelpKey(open: () => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null
      if (event.key === '?' && !target?.closest('input, textarea, [contenteditable]')) open()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}
