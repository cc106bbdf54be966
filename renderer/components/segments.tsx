/** A choice of one among a few. It looks like a row of buttons, and behaves like radio buttons. */
import type { ReactNode } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import './segments.css'

export interface Segment<T extends string> {
  readonly id: T
  readonly label: ReactNode
  /** A second line under the label. */
  readonly detail?: string
}

interface Props<T extends string> {
  readonly label: string
  readonly segments: readonly Segment<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}

export function Segments<T extends string>({ label, segments, value, onChange }: Props<T>) {
  return (
    <RadioGroup
      className="segments"
      value={value}
      orientation="horizontal"
      onChange={(id) => onChange(id as T)}
    >
      <Label className="segments-label">{label}</Label>
      <div className="segments-row">
        {segments.map(({ id, label: text, detail }) => (
          <Radio key={id} value={id} className="segment">
            <span>{text}</span>
            {detail && <small>{detail}</small>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
