/** The header of every page. */
import { CircleHelp, Search, Settings as SettingsIcon } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { RunningBadge, useStance } from '../attempt'
import { Button, Logo } from '../components'
import { ExamModeHeader } from './exam-header'
import { ThemeButton } from './theme-button'

const PLACES: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Home'],
  ['/labs', 'Labs'],
  ['/paths', 'Paths'],
  ['/playground', 'Playground'],
  ['/exam', 'Exam'],
  ['/practice', 'Practice'],
  ['/hands-on', 'Hands-on'],
  ['/progress', 'Progress'],
]

interface Props {
  readonly onHelp: () => void
  readonly onSearch: () => void
}

export function Header({ onHelp, onSearch }: Props) {
  const [address, navigate] = useLocation()
  const { place, exam } = useStance()
  const location = place ?? address
  const isHere = (path: string) => (path === '/' ? location === '/' : location.startsWith(path))
  if (exam !== null) return <ExamModeHeader exam={exam} place={location} onHelp={onHelp} />
  return (
    <header className="header">
      <Link href="/" className="brand" aria-label="Capstan">
        <Logo />
        <span>Capstan</span>
      </Link>
      <nav aria-label="Main">
        {PLACES.map(([path, name]) => (
          <Link key={path} href={path} aria-current={isHere(path) ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="header-end">
        <RunningBadge />
        <Button weight="quiet" aria-label="Search" icon={<Search aria-hidden="true" />} onPress={onSearch} />
        <ThemeButton />
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
