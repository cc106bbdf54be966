/** A menu behind a button. */
import type { ReactElement } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import './menu-button.css'

export interface MenuChoice {
  readonly id: string
  readonly text: string
  readonly onChoose: () => void
}

interface Props {
  /** Names the menu for screen readers. */
  readonly label: string
  readonly choices: readonly MenuChoice[]
  /** The button that opens the menu. */
  readonly children: ReactElement
}

export function MenuButton({ label, choices, children }: Props) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="menu">
        <Menu aria-label={label} onAction={(key) => choices.find(({ id }) => id === key)?.onChoose()}>
          {choices.map(({ id, text }) => (
            <MenuItem key={id} id={id} className="menu-item">
              {text}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
