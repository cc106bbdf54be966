/** The choice of the engine. It is saved when the user says so, because another engine means other nodes. */
import { useState } from 'react'
import type { Settings } from '../../../main/api'
import { Button } from '../../components'
import { Field, Section } from './field'

type Engine = Settings['engine']

interface Props {
  readonly settings: Settings
  readonly onChange: (part: Partial<Settings>) => void
}

export function EngineSection({ settings, onChange }: Props) {
  const [draft, setDraft] = useState(settings.engine)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings.engine)
  const change = (part: Partial<Engine>) => setDraft({ ...draft, ...part })
  return (
    <Section title="Docker Engine">
      <Field label="Which engine">
        <select
          className="control"
          value={draft.mode}
          onChange={({ target }) => change({ mode: target.value as Engine['mode'] })}
        >
          <option value="auto">The one that runs here, else one of Capstan's own</option>
          <option value="private">Always one of Capstan's own</option>
          <option value="custom">Another one</option>
        </select>
      </Field>
      {draft.mode === 'custom' && <Address engine={draft} onChange={change} />}
      {isChanged && (
        <Button weight="primary" onPress={() => onChange({ engine: draft })}>
          Use this engine
        </Button>
      )}
    </Section>
  )
}

interface AddressProps {
  readonly engine: Engine
  readonly onChange: (part: Partial<Engine>) => void
}

function Address({ engine, onChange }: AddressProps) {
  return (
    <>
      <Field label="Address">
        <input
          className="control"
          type="text"
          placeholder="tcp://host:2376"
          value={engine.endpoint}
          onChange={({ target }) => onChange({ endpoint: target.value })}
        />
      </Field>
      <Field label="Folder with ca.pem, cert.pem and key.pem">
        <input
          className="control"
          type="text"
          value={engine.tlsDirectory}
          onChange={({ target }) => onChange({ tlsDirectory: target.value })}
        />
      </Field>
    </>
  )
}
