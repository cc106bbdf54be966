/** A field for the learner's own note. It is saved when the field is left, and when its page goes. */
import { useEffect, useId, useRef, useState } from 'react'
import './note-field.css'

const LONGEST_NOTE = 2_000

interface Props {
  /** What is kept now. */
  readonly note: string
  readonly label: string
  readonly onSave: (note: string) => void
}

export function NoteField({ note, label, onSave }: Props) {
  const [text, setText] = useState(note)
  const id = useId()
  const isSaved = text.trim() === note
  useSavedAtTheEnd(isSaved ? null : () => onSave(text))
  return (
    <div className="note-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="control"
        rows={3}
        maxLength={LONGEST_NOTE}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => isSaved || onSave(text)}
      />
      <p className="note-print">{note}</p>
      <small role="status">
        {isSaved ? (note === '' ? '' : 'Saved.') : 'Saved when you leave the field.'}
      </small>
    </div>
  )
}

/** A field that goes with its page is not left: no event tells of it. */
function useSavedAtTheEnd(save: (() => void) | null): void {
  const latest = useRef(save)
  latest.current = save
  useEffect(() => () => latest.current?.(), [])
}
