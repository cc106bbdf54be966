/** The choice of an objective, in words and grouped by domain. */
import type { BlueprintView } from '../../../main/api'
import { plain } from '../../components'

interface Props {
  readonly label: string
  readonly domains: BlueprintView['domains']
  readonly value: string
  readonly onChange: (objective: string) => void
}

export function ObjectiveSelect({ label, domains, value, onChange }: Props) {
  return (
    <label className="exchange-field">
      <span>{label}</span>
      <select className="control" value={value} onChange={({ target }) => onChange(target.value)}>
        <ObjectiveOptions domains={domains} />
      </select>
    </label>
  )
}

export function ObjectiveOptions({ domains }: Pick<Props, 'domains'>) {
  return domains.map((domain) => (
    <optgroup key={domain.id} label={domain.title}>
      {domain.objectives.map(({ id, title }) => (
        <option key={id} value={id}>
          {plain(title)} ({id})
        </option>
      ))}
    </optgroup>
  ))
}
