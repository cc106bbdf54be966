/** The learner's own note on a lab. It is the same at each step, and on the page of the lab that is not open. */
import { NotebookPen } from 'lucide-react'
import { useState } from 'react'
import { labMarkId, type MarkView } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { Button, NoteField, ProblemPanel } from '../../components'
import './lab-note.css'

export function LabNote({ labId }: { readonly labId: string }) {
  const { value } = useAnswer('marks.get', { itemId: labMarkId(labId) })
  // While a real exam runs there are no notes.
  return value && <Note labId={labId} first={value} />
}

function Note({ labId, first }: { readonly labId: string; readonly first: MarkView }) {
  const api = useClient()
  const { problem, run } = useAction()
  const [mark, setMark] = useState(first)
  const [isOpen, setIsOpen] = useState(first.note !== '')
  const save = (note: string) =>
    run(async () => setMark(await api.call('marks.set', { ...mark, itemId: labMarkId(labId), note })))
  return (
    <section className="lab-note" aria-label="Your note">
      <Button
        small
        aria-expanded={isOpen}
        icon={<NotebookPen aria-hidden="true" />}
        onPress={() => setIsOpen(!isOpen)}
      >
        Note
      </Button>
      {isOpen && <NoteField label="Your note on this lab, for you alone" note={mark.note} onSave={save} />}
      {problem && <ProblemPanel problem={problem} />}
    </section>
  )
}
