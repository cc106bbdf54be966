/** A field for a number within limits, which it names. Only a valid number is reported. */
import { useId, useState } from 'react'
import './number-field.css'

interface Limits {
  readonly min: number
  readonly max: number
  readonly step?: number
}

interface Props extends Limits {
  readonly value: number
  readonly onChange: (value: number) => void
}

export function NumberField({ value, onChange, ...limits }: Props) {
  // A text may be invalid for a moment: "1" on the way to "12". It stays until the field is left.
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState('')
  const hint = useId()
  const words = rangeWords(limits)
  const leave = () => {
    setDraft(null)
    if (draft !== null && problem) setProblem(`${refusal(draft, words)} It stays ${value}.`)
  }
  return (
    <span className="number-field">
      <input
        {...limits}
        className="control"
        type="number"
        required
        aria-invalid={(draft !== null && problem !== '') || undefined}
        aria-describedby={hint}
        value={draft ?? value}
        onBlur={leave}
        onChange={({ target }) => {
          setDraft(target.value)
          setProblem(target.validity.valid ? '' : refusal(target.value, words))
          if (target.validity.valid) onChange(target.valueAsNumber)
        }}
      />
      {/* It describes the field and is no part of its name, though the label is around both. */}
      <small id={hint} aria-hidden="true" hidden={problem !== ''}>
        {words}
      </small>
      <small role="status" className="number-field-problem">
        {problem}
      </small>
    </span>
  )
}

/** "8 to 32", "100 to 100000, in steps of 100". */
function rangeWords({ min, max, step = 1 }: Limits): string {
  return step === 1 ? `${min} to ${max}` : `${min} to ${max}, in steps of ${step}`
}

/** @param text empty where the browser could not read it as a number */
function refusal(text: string, range: string): string {
  return text === '' ? `Type a whole number: ${range}.` : `${text} is not possible here: ${range}.`
}
