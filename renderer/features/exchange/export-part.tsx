/** The export: which questions, in which format, what it cannot keep, and then the file. */
import { Download, FileOutput } from 'lucide-react'
import { useState } from 'react'
import type { BlueprintView, ExportReady, ExportWish, FormatView, OwnQuestionsView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, count, ProblemPanel, saveBlob } from '../../components'
import { fetchExport } from './fetch-export'
import { ObjectiveOptions } from './objective-select'

interface Props {
  readonly own: OwnQuestionsView
  readonly blueprint: BlueprintView
  readonly formats: readonly FormatView[]
}

export function ExportPart({ own, blueprint, formats }: Props) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const [which, setWhich] = useState('')
  const [format, setFormat] = useState(formats[0]?.id ?? '')
  const [ready, setReady] = useState<ExportReady | null>(null)
  const chosen = which || (own.questions > 0 ? 'own' : 'bank')
  const change = (set: (value: string) => void) => (value: string) => {
    setReady(null)
    set(value)
  }
  const make = () =>
    run(async () => setReady(await api.call('exchange.export', { wish: wishOf(chosen), format })))
  return (
    <section className="exchange-part" aria-labelledby="export-title" aria-busy={busy}>
      <h2 id="export-title">Export</h2>
      <p>A file for Moodle, Anki, a table or another platform.</p>
      <div className="exchange-choices">
        <WhichSelect
          own={own}
          domains={blueprint.domains}
          value={chosen}
          isDisabled={busy}
          onChange={change(setWhich)}
        />
        <label className="exchange-field">
          <span>Format</span>
          <select
            className="control"
            value={format}
            disabled={busy}
            onChange={({ target }) => change(setFormat)(target.value)}
          >
            {formats.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </div>
      {chosen.startsWith('bank') && (
        <p className="exchange-soft">
          The file has the answers, also those of questions that you have not seen yet.
        </p>
      )}
      {problem && <ProblemPanel problem={problem} />}
      {!ready && (
        <div>
          <Button icon={<FileOutput aria-hidden="true" />} isDisabled={busy} onPress={make}>
            {busy ? 'Making the file…' : 'Make the file'}
          </Button>
        </div>
      )}
      {ready && <Ready ready={ready} />}
    </section>
  )
}

interface WhichProps {
  readonly own: OwnQuestionsView
  readonly domains: BlueprintView['domains']
  readonly value: string
  /** What is being made is what was chosen. */
  readonly isDisabled: boolean
  readonly onChange: (value: string) => void
}

function WhichSelect({ own, domains, value, isDisabled, onChange }: WhichProps) {
  return (
    <label className="exchange-field">
      <span>Questions</span>
      <select
        className="control"
        value={value}
        disabled={isDisabled}
        onChange={({ target }) => onChange(target.value)}
      >
        {own.questions > 0 && (
          <optgroup label="Your own">
            <option value="own">All of your own ({own.questions})</option>
            {own.folders.map(({ name, questions }) => (
              <option key={name} value={`own:${name}`}>
                {name} ({questions})
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label="Capstan's bank">
          <option value="missed">Those that you have seen and missed</option>
          <option value="bank">The whole bank</option>
          {domains.map(({ id, title }) => (
            <option key={id} value={`bank-domain:${id}`}>
              {title}
            </option>
          ))}
        </optgroup>
        <ObjectiveOptions
          domains={domains.map((domain) => ({
            ...domain,
            title: `Objectives: ${domain.title}`,
          }))}
        />
      </select>
    </label>
  )
}

/** An objective stands for itself; everything else has a word before it. */
function wishOf(value: string): ExportWish {
  const [, kind = '', name] = /^(own|missed|bank-domain|bank)(?::(.*))?$/s.exec(value) ?? []
  if (kind === 'own') return { of: 'own', ...(name !== undefined && { folder: name }) }
  if (kind === 'missed') return { of: 'missed' }
  if (kind === 'bank-domain') return { of: 'bank', domain: name }
  return kind === 'bank' ? { of: 'bank' } : { of: 'bank', objective: value }
}

function Ready({ ready }: { readonly ready: ExportReady }) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const { name, items, size, lost } = ready
  const save = () => run(async () => saveBlob(await fetchExport(api, ready), name))
  return (
    <div className="exchange-ready" role="status">
      <p>
        <strong>{count(items, 'question')}</strong>, {kilobytes(size)}.
      </p>
      {lost.length === 0 ? (
        <p>The format keeps all of them whole.</p>
      ) : (
        <>
          <p>The format does not keep:</p>
          <ul className="exchange-lost">
            {lost.map(({ part, items: number }) => (
              <li key={part}>
                {part} ({count(number, 'question')})
              </li>
            ))}
          </ul>
        </>
      )}
      {problem && <ProblemPanel problem={problem} />}
      <Button weight="primary" icon={<Download aria-hidden="true" />} isDisabled={busy} onPress={save}>
        Save {name}
      </Button>
    </div>
  )
}

function kilobytes(size: number): string {
  return size < 1024 ? count(size, 'byte') : `${Math.round(size / 1024).toLocaleString('en')} KB`
}
