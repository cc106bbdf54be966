/** The menu that divides the work place among terminals and previews. */
import { LayoutGrid } from 'lucide-react'
import { IconButton } from '../components'
import { MenuButton } from './menu-button'
import type { OpenTerminals } from './use-terminals'

export function LayoutMenu({ open }: { readonly open: OpenTerminals }) {
  const { tiles } = open
  const choices = [
    { id: 'right', text: 'Split right', onChoose: () => open.split('right') },
    { id: 'down', text: 'Split down', onChoose: () => open.split('down') },
    { id: 'grid', text: 'All nodes at once', onChoose: tiles.showAll },
    ...(tiles.tiling.length > 0 ? [{ id: 'one', text: 'One at a time', onChoose: tiles.showOne }] : []),
  ]
  return (
    <MenuButton label="Layout" choices={choices}>
      <IconButton icon={LayoutGrid} label="Layout of the terminals" isDisabled={open.activeId === null} />
    </MenuButton>
  )
}
