/** The folder of the person's own questions. It is saved when the person says so, because the path must be there. */
import { useState } from 'react'
import { Link } from 'wouter'
import type { Settings } from '../../../main/api'
import { Button } from '../../components'
import { Field, Section } from './field'

interface Props {
  readonly settings: Settings
  readonly dataFolder: string
  readonly onChange: (part: Partial<Settings>) => void
}

export function QuestionsFolder({ settings: { questionsFolder }, dataFolder, onChange }: Props) {
  const [draft, setDraft] = useState(questionsFolder)
  return (
    <Section title="Your own questions">
      <Field label="Folder of your own questions">
        <input
          className="control"
          type="text"
          placeholder={`questions in ${dataFolder}`}
          value={draft}
          onChange={({ target }) => setDraft(target.value)}
        />
      </Field>
      {draft !== questionsFolder && (
        <Button weight="primary" onPress={() => onChange({ questionsFolder: draft.trim() })}>
          Use this folder
        </Button>
      )}
      <p>
        <Link href="/my-questions">Import, export and look after them</Link>
      </p>
    </Section>
  )
}
