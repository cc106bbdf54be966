/** Searches the scrollback. */
import type { SearchAddon } from '@xterm/addon-search'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../components/button'

export function TerminalSearch({
  search,
  onClose,
}: {
  readonly search: SearchAddon
  readonly onClose: () => void
}) {
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
      <Button
        small
        weight="quiet"
        aria-label="Previous match"
        icon={<ChevronUp aria-hidden="true" />}
        onPress={previous}
      />
      <Button
        small
        weight="quiet"
        aria-label="Next match"
        icon={<ChevronDown aria-hidden="true" />}
        onPress={next}
      />
      <Button
        small
        weight="quiet"
        aria-label="Close search"
        icon={<X aria-hidden="true" />}
        onPress={onClose}
      />
    </search>
  )
}
