/** The links of the header behind one button, where they have no room beside each other. */
import { Menu as MenuIcon } from 'lucide-react'
import { useState } from 'react'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { Button } from '../components'
import { HelpButton } from './help-button'
import { PlaceLinks } from './place-links'
import { placeAt } from './places'
import { ThemeButton } from './theme-button'

interface Props {
  readonly location: string
  readonly onHelp: () => void
}

/** The button names the page that is shown. In narrow windows the menu also has the buttons that the header leaves out. */
export function PageMenu({ location, onHelp }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const here = placeAt(location)?.name
  const close = () => setIsOpen(false)
  const help = () => {
    close()
    onHelp()
  }
  return (
    <span className="page-menu-button">
      <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
        <Button
          weight="quiet"
          aria-label={here ? `Menu: ${here}` : 'Menu'}
          icon={<MenuIcon aria-hidden="true" />}
        >
          {here ?? 'Menu'}
        </Button>
        <Popover className="page-menu" placement="bottom start">
          <Dialog aria-label="Menu" className="page-menu-content">
            <nav aria-label="Main">
              <PlaceLinks location={location} onFollow={close} />
            </nav>
            <div className="page-menu-tools">
              <ThemeButton />
              <HelpButton onPress={help} />
            </div>
          </Dialog>
        </Popover>
      </DialogTrigger>
    </span>
  )
}
