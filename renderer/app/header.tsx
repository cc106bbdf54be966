/** The header of every page. */
import { Search, Settings as SettingsIcon } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { RunningBadge, useStance } from '../attempt'
import { Button, Logo } from '../components'
import { ExamModeHeader } from './exam-header'
import { HelpButton } from './help-button'
import { PageMenu } from './page-menu'
import { PlaceLinks } from './place-links'
import { ThemeButton } from './theme-button'
import { useFits } from './use-fits'
import './header.css'

interface Props {
  readonly onHelp: () => void
  readonly onSearch: () => void
}

export function Header({ onHelp, onSearch }: Props) {
  const [address, navigate] = useLocation()
  const { place, exam } = useStance()
  const location = place ?? address
  if (exam !== null) return <ExamModeHeader exam={exam} place={location} onHelp={onHelp} />
  return (
    <header className="header">
      <Link href="/" className="brand" aria-label="Capstan">
        <Logo />
        <span>Capstan</span>
      </Link>
      <Places location={location} onHelp={onHelp} />
      <div className="header-end">
        <RunningBadge />
        <Button weight="quiet" aria-label="Search" icon={<Search aria-hidden="true" />} onPress={onSearch} />
        <span className="header-spare">
          <ThemeButton />
          <HelpButton onPress={onHelp} />
        </span>
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

/** Beside each other where there is room, and in a menu where there is not. */
function Places({ location, onHelp }: { readonly location: string; readonly onHelp: () => void }) {
  const { inner, outer, fits } = useFits()
  return (
    <div className="header-places" ref={outer}>
      <nav aria-label="Main" ref={inner} data-fits={fits}>
        <PlaceLinks location={location} />
      </nav>
      {!fits && <PageMenu location={location} onHelp={onHelp} />}
    </div>
  )
}
