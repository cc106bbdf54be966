/** Starts a drill of the person's own questions: all of them, those of a folder, or those with a tag. */
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { OwnQuestionsView } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { Button, count, ProblemPanel } from '../../components'

export function OwnQuestions() {
  const { value: own } = useAnswer('own.list', {})
  if (!own) return null
  return (
    <section className="practice-card" aria-labelledby="own-questions-title">
      <h2 id="own-questions-title">Your own questions</h2>
      {own.questions === 0 ? (
        <p>Write some, or bring those that you have in Moodle, Anki, a table or another program.</p>
      ) : (
        <Start own={own} />
      )}
      <p>
        <Link href="/my-questions">Import, export and look after them</Link>
        {own.problems.length > 0 && ` (${count(own.problems.length, 'problem')} in the files)`}
      </p>
    </section>
  )
}

function Start({ own: { questions, folders, tags } }: { readonly own: OwnQuestionsView }) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const [, navigate] = useLocation()
  const [which, setWhich] = useState('')
  const start = () =>
    run(async () => navigate(`/exam/${(await api.call('own.practise', wishOf(which))).attemptId}`))
  return (
    <>
      <label className="practice-field">
        <span>Which ones</span>
        <select className="control" value={which} onChange={({ target }) => setWhich(target.value)}>
          <option value="">All ({questions})</option>
          <Group label="By folder" kind="folder" parts={folders} />
          <Group label="By tag" kind="tag" parts={tags} />
        </select>
      </label>
      {problem && <ProblemPanel problem={problem} />}
      <Button weight="primary" isDisabled={busy} onPress={start}>
        Drill your own questions
      </Button>
    </>
  )
}

interface GroupProps {
  readonly label: string
  readonly kind: 'folder' | 'tag'
  readonly parts: OwnQuestionsView['tags']
}

function Group({ label, kind, parts }: GroupProps) {
  if (parts.length === 0) return null
  return (
    <optgroup label={label}>
      {parts.map(({ name, questions }) => (
        <option key={name} value={`${kind}:${name}`}>
          {name} ({questions})
        </option>
      ))}
    </optgroup>
  )
}

/** A name may have any signs in it, so only the first colon counts. */
function wishOf(which: string): { folder?: string; tag?: string } {
  const at = which.indexOf(':')
  const [kind, name] = [which.slice(0, at), which.slice(at + 1)]
  if (kind === 'folder') return { folder: name }
  return kind === 'tag' ? { tag: name } : {}
}
