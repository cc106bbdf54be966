/** Settings, and what the doctor says of the engine. */
import { type ReactNode, useEffect, useState } from 'react'
import type { DoctorReport, Settings } from '../../../main/api'
import { api } from '../../api/connection'
import { useAction } from '../../api/hooks'
import { useSettings } from '../../api/settings'
import { Button } from '../../components/button'
import { PageTitle } from '../../components/page-title'
import { ProblemPanel } from '../../components/problem'
import './settings.css'

export function SettingsPage() {
  const { settings, change } = useSettings()
  const { problem, run } = useAction()
  const set = (part: Partial<Settings>) => run(() => change(part))
  return (
    <main id="main" className="page settings">
      <PageTitle title="Settings" />
      {problem && <ProblemPanel problem={problem} />}
      <Section title="Appearance">
        <Field label="Theme">
          <select
            className="control"
            value={settings.theme}
            onChange={({ target }) => set({ theme: target.value as Settings['theme'] })}
          >
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </Field>
        <Field label="Terminal and editor font size">
          <input
            className="control"
            type="number"
            min={8}
            max={32}
            value={settings.terminal.fontSize}
            onChange={({ target }) =>
              target.validity.valid &&
              set({ terminal: { ...settings.terminal, fontSize: target.valueAsNumber } })
            }
          />
        </Field>
        <Field label="Terminal scrollback, in lines">
          <input
            className="control"
            type="number"
            min={100}
            max={100000}
            step={100}
            value={settings.terminal.scrollback}
            onChange={({ target }) =>
              target.validity.valid &&
              set({ terminal: { ...settings.terminal, scrollback: target.valueAsNumber } })
            }
          />
        </Field>
      </Section>
      <Section title="Exams">
        <Field label="Pass mark of mock exams, in per cent">
          <input
            className="control"
            type="number"
            min={1}
            max={100}
            value={settings.passMark}
            onChange={({ target }) => target.validity.valid && set({ passMark: target.valueAsNumber })}
          />
        </Field>
      </Section>
      <EngineSection settings={settings} onChange={set} />
      <HostTerminal settings={settings} onChange={set} />
      <Doctor />
    </main>
  )
}

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
}

function Section({ title, children }: SectionProps) {
  return (
    <section className="settings-section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="settings-field">
      <span>{label}</span>
      {children}
    </label>
  )
}

interface PartProps {
  readonly settings: Settings
  readonly onChange: (part: Partial<Settings>) => void
}

function EngineSection({ settings, onChange }: PartProps) {
  const [draft, setDraft] = useState(settings.engine)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings.engine)
  return (
    <Section title="Docker Engine">
      <Field label="Which engine">
        <select
          className="control"
          value={draft.mode}
          onChange={({ target }) => setDraft({ ...draft, mode: target.value as Settings['engine']['mode'] })}
        >
          <option value="auto">The one that runs here, else one of Capstan's own</option>
          <option value="private">Always one of Capstan's own</option>
          <option value="custom">Another one</option>
        </select>
      </Field>
      {draft.mode === 'custom' && (
        <>
          <Field label="Address">
            <input
              className="control"
              type="text"
              placeholder="tcp://host:2376"
              value={draft.endpoint}
              onChange={({ target }) => setDraft({ ...draft, endpoint: target.value })}
            />
          </Field>
          <Field label="Folder with ca.pem, cert.pem and key.pem">
            <input
              className="control"
              type="text"
              value={draft.tlsDirectory}
              onChange={({ target }) => setDraft({ ...draft, tlsDirectory: target.value })}
            />
          </Field>
        </>
      )}
      {isChanged && (
        <Button weight="primary" onPress={() => onChange({ engine: draft })}>
          Use this engine
        </Button>
      )}
    </Section>
  )
}

function HostTerminal({ settings, onChange }: PartProps) {
  const [desktop, setDesktop] = useState(false)
  useEffect(() => {
    void api.call('app.state', {}).then((state) => setDesktop(state.desktop))
  }, [])
  if (!desktop) return null
  return (
    <Section title="This computer">
      <label className="settings-check">
        <input
          type="checkbox"
          checked={settings.hostTerminal}
          onChange={({ target }) => onChange({ hostTerminal: target.checked })}
        />
        Offer a terminal on this computer beside those of the nodes
      </label>
    </Section>
  )
}

function Doctor() {
  const [report, setReport] = useState<DoctorReport | null>(null)
  const { problem, run } = useAction()
  useEffect(() => run(async () => setReport(await api.call('app.doctor', {}))), [run])
  return (
    <Section title="What the engine can do">
      {problem && <ProblemPanel problem={problem} />}
      {report?.engine && (
        <p>
          Docker Engine {report.engine.version} at <code>{report.engine.endpoint}</code>
        </p>
      )}
      {report && (
        <>
          <table className="settings-capabilities">
            <tbody>
              {Object.entries(report.capabilities).map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td data-value={String(value)}>
                    {value === true ? 'yes' : value === false ? 'no' : String(value)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {report.problems.map(({ message, help }) => (
            <p key={message} className="settings-problem">
              <strong>{message}</strong> {help}
            </p>
          ))}
        </>
      )}
    </Section>
  )
}
