/** The learner's own marks on a question that is over: a bookmark, a note, and a report of a fault in it. */
import { Bookmark, Copy, NotebookPen } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { MarkView, RevealedItem } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { Button, NoteField, ProblemPanel, useClock } from '../../components'
import { faultReport } from './fault-report'
import './item-marks.css'

const COPIED_MS = 1_500

export function ItemMarks({ item }: { readonly item: RevealedItem }) {
  const { value } = useAnswer('marks.get', { itemId: item.id })
  // While an exam runs there are no marks, and nothing to say about them.
  return value && <Marks key={item.id} item={item} first={value} />
}

function Marks({ item, first }: { readonly item: RevealedItem; readonly first: MarkView }) {
  const api = useClient()
  const { problem, run } = useAction()
  const [mark, setMark] = useState(first)
  const [isWriting, setIsWriting] = useState(first.note !== '')
  const save = (next: MarkView) =>
    run(async () => setMark(await api.call('marks.set', { itemId: item.id, ...next })))
  return (
    <section className="item-marks" aria-label="Your marks">
      <div className="item-marks-row">
        <Button
          small
          aria-pressed={mark.bookmarked}
          icon={<Bookmark aria-hidden="true" fill={mark.bookmarked ? 'currentColor' : 'none'} />}
          onPress={() => save({ ...mark, bookmarked: !mark.bookmarked })}
        >
          Bookmark
        </Button>
        <Button
          small
          aria-expanded={isWriting}
          icon={<NotebookPen aria-hidden="true" />}
          onPress={() => setIsWriting(!isWriting)}
        >
          Note
        </Button>
        <ReportFault item={item} />
      </div>
      {isWriting && (
        <NoteField
          label="Your note, for you alone"
          note={mark.note}
          onSave={(note) => save({ ...mark, note })}
        />
      )}
      {problem && <ProblemPanel problem={problem} />}
    </section>
  )
}

/** Copies a text that can be sent to those who maintain the questions. Nothing leaves the computer by itself. */
function ReportFault({ item }: { readonly item: RevealedItem }) {
  const clock = useClock()
  const [isCopied, setIsCopied] = useState(false)
  useEffect(
    () => (isCopied ? clock.after(COPIED_MS, () => setIsCopied(false)) : undefined),
    [clock, isCopied],
  )
  const copy = async () => {
    await navigator.clipboard.writeText(faultReport(item))
    setIsCopied(true)
  }
  return (
    <Button small weight="quiet" icon={<Copy aria-hidden="true" />} onPress={() => void copy()}>
      {isCopied ? 'Copied' : 'Copy a report of a fault'}
    </Button>
  )
}
