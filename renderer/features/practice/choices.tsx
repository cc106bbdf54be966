/** Lists of domains and objectives to choose from. */
import type { BlueprintView } from '../../../main/api'
import { count, InlineCode } from '../../components'

type Domain = BlueprintView['domains'][number]

interface Props {
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

/** Switches one id on or off. The result has the order of the list, not of the clicks. */
function turned(all: readonly string[], value: readonly string[], id: string): string[] {
  return all.filter((one) => (one === id ? !value.includes(id) : value.includes(one)))
}

export function DomainChoice({ domains, value, onChange }: Props & { readonly domains: readonly Domain[] }) {
  const all = domains.map(({ id }) => id)
  return (
    <fieldset className="choices">
      <legend>Domains</legend>
      {domains.map(({ id, title, weight }) => (
        <label key={id} className="choice">
          <input
            type="checkbox"
            checked={value.includes(id)}
            onChange={() => onChange(turned(all, value, id))}
          />
          <span>{title}</span>
          <small>{weight} %</small>
        </label>
      ))}
    </fieldset>
  )
}

interface ObjectiveProps extends Props {
  readonly objectives: Domain['objectives']
}

export function ObjectiveChoice({ objectives, value, onChange }: ObjectiveProps) {
  const all = objectives.map(({ id }) => id)
  return (
    <fieldset className="choices choices-many">
      <legend>Objectives: {value.length === 0 ? 'all of the domain' : `${value.length} chosen`}</legend>
      <div>
        {objectives.map(({ id, title, items }) => (
          <label key={id} className="choice">
            <input
              type="checkbox"
              checked={value.includes(id)}
              disabled={items === 0}
              onChange={() => onChange(turned(all, value, id))}
            />
            <span>
              <InlineCode text={title} /> <code>{id}</code>
            </span>
            <small>{count(items, 'item')}</small>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
