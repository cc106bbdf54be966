/** A field that lies over a tab while it gets a new name. */
import { useState } from 'react'

interface Props {
  /** The place of the tab in its row. */
  readonly column: number
  readonly name: string
  /** The name that was written, or null when it stays. */
  readonly onDone: (name: string | null) => void
}

export function TabName({ column, name, onDone }: Props) {
  const [text, setText] = useState(name)
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the field was asked for by a key or a double click
      autoFocus
      className="tab-name"
      style={{ gridColumn: column }}
      aria-label={`New name of ${name}`}
      maxLength={40}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={() => onDone(text)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onDone(text)
        if (key === 'Escape') onDone(null)
      }}
    />
  )
}
