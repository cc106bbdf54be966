/** The frame of a setting: sections with a title, fields with a label, choices among a few values. */
import type { ReactNode } from 'react'

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
}

export function Section({ title, children }: SectionProps) {
  return (
    <section className="settings-section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

interface FieldProps {
  readonly label: string
  readonly children: ReactNode
}

export function Field({ label, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="settings-field">
      <span>{label}</span>
      {children}
    </label>
  )
}

interface ChoiceProps<Value extends string> {
  /** The text of each value, in the order of the list. */
  readonly words: Readonly<Record<Value, string>>
  readonly value: Value
  readonly onChange: (value: Value) => void
}

export function Choice<Value extends string>({ words, value, onChange }: ChoiceProps<Value>) {
  return (
    <select className="control" value={value} onChange={({ target }) => onChange(target.value as Value)}>
      {Object.entries<string>(words).map(([one, text]) => (
        <option key={one} value={one}>
          {text}
        </option>
      ))}
    </select>
  )
}
