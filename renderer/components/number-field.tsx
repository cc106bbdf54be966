/** A field for a number within limits. Only a valid number is reported. */
import { useState } from 'react'

interface Props {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onChange: (value: number) => void
}

export function NumberField({ value, onChange, ...limits }: Props) {
  // A text may be invalid for a moment: "1" on the way to "12". It stays until the field is left.
  const [draft, setDraft] = useState<string | null>(null)
  const [isInvalid, setIsInvalid] = useState(false)
  const leave = () => {
    setDraft(null)
    setIsInvalid(false)
  }
  return (
    <input
      {...limits}
      className="control"
      type="number"
      required
      aria-invalid={isInvalid || undefined}
      value={draft ?? value}
      onBlur={leave}
      onChange={({ target }) => {
        setDraft(target.value)
        setIsInvalid(!target.validity.valid)
        if (target.validity.valid) onChange(target.valueAsNumber)
      }}
    />
  )
}
