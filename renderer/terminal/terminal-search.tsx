/** Searches the scrollback. */
import type { SearchAddon } from '@xterm/addon-search'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { IconButton } from '../components'

interface Props {
  readonly search: Pick<SearchAddon, 'findNext' | 'findPrevious'>
  readonly onClose: () => void
}

export function TerminalSearch({ search, onClose }: Props) {
  const [text, setText] = useState('')
  const next = () => search.findNext(text)
  const previous = () => search.findPrevious(text)
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    if (event.key === 'Enter') (event.shiftKey ? previous : next)()
  }
  return (
    <search className="terminal-search">
      <input
        // biome-ignore lint/a11y/noAutofocus: the field was asked for by a key
        autoFocus
        aria-label="Search the terminal"
        value={text}
        onKeyDown={press}
        onChange={({ target }) => {
          setText(target.value)
          search.findNext(target.value, { incremental: true })
        }}
      />
      <IconButton icon={ChevronUp} label="Previous match" onPress={previous} />
      <IconButton icon={ChevronDown} label="Next match" onPress={next} />
      <IconButton icon={X} label="Close search" onPress={onClose} />
    </search>
  )
}
