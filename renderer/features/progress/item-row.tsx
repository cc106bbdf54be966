/** One item of the statistics. */
import { TriangleAlert } from 'lucide-react'
import type { ItemStatisticsView } from '../../../main/api'
import { InlineCode, percent } from '../../components'
import { FLAG_NAMES } from './items-sort'
import { excerpt } from './words'

interface Props {
  readonly item: ItemStatisticsView
  readonly enough: number
  /** Shows the picks of each option, and which of them are right. */
  readonly withKeys: boolean
}

export function ItemRow({ item, enough, withKeys }: Props) {
  const { itemId, stem, count, difficulty, discrimination, flags, options } = item
  return (
    <tr data-testid={`item-${itemId}`} data-few={count < enough}>
      <th scope="row">
        <code className="objective-id">{itemId}</code>
        <span className="statistics-stem">
          <InlineCode text={excerpt(stem)} />
        </span>
      </th>
      <td>{count}</td>
      <td>{percent(difficulty * 100)}</td>
      <td>{discrimination === null ? '–' : discrimination.toFixed(2).replace('-', '−')}</td>
      <td>
        {flags.map((flag) => (
          <span key={flag} className="flag">
            <TriangleAlert aria-hidden="true" /> {FLAG_NAMES[flag]}
          </span>
        ))}
      </td>
      <td>
        {!withKeys && <span className="progress-faint">hidden</span>}
        <ul className="picks" hidden={!withKeys}>
          {options.map(({ text, right, picked }) => (
            <li key={text} data-right={right}>
              <span className="pick-share">{picked === null ? '–' : percent(picked * 100)}</span>
              <svg aria-hidden="true" width="44" height="6">
                <rect className="pick-base" width="44" height="6" rx="3" />
                <rect className="pick-bar" width={44 * (picked ?? 0)} height="6" rx="3" />
              </svg>
              <span>
                <InlineCode text={excerpt(text, 60)} />
                {right && <span className="pick-key"> key</span>}
              </span>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}
