/** Prints a result: as a summary, with the items that were wrong, or with all items. */
import { Printer } from 'lucide-react'
import { Button } from '../../components'

const CHOICES = { summary: 'The summary only', wrong: 'With the wrong items', all: 'With all items' } as const
export type Printed = keyof typeof CHOICES

interface Props {
  readonly value: Printed
  readonly onChange: (value: Printed) => void
}

export function PrintChoice({ value, onChange }: Props) {
  return (
    <div className="print-choice">
      <select
        className="control"
        aria-label="What to print"
        value={value}
        onChange={({ target }) => onChange(target.value as Printed)}
      >
        {Object.entries(CHOICES).map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
      <Button icon={<Printer aria-hidden="true" />} onPress={() => window.print()}>
        Print
      </Button>
    </div>
  )
}
