/** The settings, and what the engine can do. */
import type { AppState, Settings } from '../../../main/api'
import { useAction, useAnswer, useSettings } from '../../api'
import { NumberField, PageTitle, ProblemPanel } from '../../components'
import { Doctor } from './doctor'
import { EngineSection } from './engine-section'
import { Choice, Field, Section } from './field'
import { QuestionsFolder } from './questions-folder'
import './settings.css'

export function SettingsPage() {
  const { settings, change } = useSettings()
  const { problem, run } = useAction()
  const { value: app } = useAnswer('app.state', {})
  const set = (part: Partial<Settings>) => run(() => change(part))
  return (
    <main id="main" className="page settings">
      <PageTitle title="Settings" />
      {problem && <ProblemPanel problem={problem} />}
      <Appearance settings={settings} onChange={set} />
      <Section title="Exams">
        <Field label="Pass mark of mock exams, in per cent">
          <NumberField
            min={1}
            max={100}
            value={settings.passMark}
            onChange={(passMark) => set({ passMark })}
          />
        </Field>
      </Section>
      {app && <QuestionsFolder settings={settings} dataFolder={app.dataFolder} onChange={set} />}
      <EngineSection settings={settings} onChange={set} />
      <TimeLimits settings={settings} onChange={set} />
      {app?.desktop && <HostTerminal />}
      <Doctor />
      {app && <About app={app} />}
    </main>
  )
}

interface PartProps {
  readonly settings: Settings
  readonly onChange: (part: Partial<Settings>) => void
}

const THEMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const
const TEXT_SIZES = { small: 'Small', normal: 'Normal', large: 'Large', larger: 'Larger' } as const
const DENSITIES = { comfortable: 'Comfortable', compact: 'Compact' } as const

function Appearance({ settings: { theme, textSize, density, terminal }, onChange }: PartProps) {
  return (
    <Section title="Appearance">
      <Field label="Theme">
        <Choice words={THEMES} value={theme} onChange={(chosen) => onChange({ theme: chosen })} />
      </Field>
      <Field label="Size of the text">
        <Choice words={TEXT_SIZES} value={textSize} onChange={(chosen) => onChange({ textSize: chosen })} />
      </Field>
      <Field label="Density">
        <Choice words={DENSITIES} value={density} onChange={(chosen) => onChange({ density: chosen })} />
      </Field>
      <Field label="Terminal and editor font size">
        <NumberField
          min={8}
          max={32}
          value={terminal.fontSize}
          onChange={(fontSize) => onChange({ terminal: { ...terminal, fontSize } })}
        />
      </Field>
      <Field label="Terminal scrollback, in lines">
        <NumberField
          min={100}
          max={100_000}
          step={100}
          value={terminal.scrollback}
          onChange={(scrollback) => onChange({ terminal: { ...terminal, scrollback } })}
        />
      </Field>
      <label className="settings-check">
        <input
          type="checkbox"
          checked={terminal.screenReader}
          onChange={({ target }) => onChange({ terminal: { ...terminal, screenReader: target.checked } })}
        />
        Terminals for screen readers: what is printed is read out, and drawing is slower
      </label>
    </Section>
  )
}

/** 1 leaves them as they are on a usual machine. */
const FACTORS = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20]

/** A slow machine needs longer limits. It is measured, unless somebody knows better. */
function TimeLimits({ settings: { timeFactor }, onChange }: PartProps) {
  // Another number may have been written into the file.
  const factors = timeFactor === null || FACTORS.includes(timeFactor) ? FACTORS : [timeFactor, ...FACTORS]
  return (
    <Section title="Slow machines">
      <Field label="Time limits">
        <select
          className="control"
          value={timeFactor ?? ''}
          onChange={({ target }) => onChange({ timeFactor: target.value ? Number(target.value) : null })}
        >
          <option value="">Automatic: as long as this machine needs</option>
          {factors.map((factor) => (
            <option key={factor} value={factor}>
              {factor}×
            </option>
          ))}
        </select>
      </Field>
    </Section>
  )
}

/** Only the desktop app may open a shell on this computer. It asks in a window of the system, not in the page. */
function HostTerminal() {
  const { settings, askHostTerminal } = useSettings()
  const { problem, run } = useAction()
  return (
    <Section title="This computer">
      <label className="settings-check">
        <input
          type="checkbox"
          checked={settings.hostTerminal}
          onChange={({ target }) => run(() => askHostTerminal(target.checked))}
        />
        Offer a terminal on this computer beside those of the nodes
      </label>
      {problem && <ProblemPanel problem={problem} />}
    </Section>
  )
}

function About({ app: { version, dataFolder } }: { readonly app: AppState }) {
  return (
    <Section title="About">
      <p>Capstan {version}</p>
      <p>
        Settings, progress and attempts are kept in <code>{dataFolder}</code>. Nothing leaves this computer by
        itself.
      </p>
    </Section>
  )
}
