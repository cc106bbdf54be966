/** Statistics of each item, for instructors. */
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { StatisticsView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { count, PageTitle, ProblemPanel } from '../../components'
import { ItemRow } from './item-row'
import { type Sort, type SortKey, sorted } from './items-sort'
import { TableScroll } from './table-scroll'
import './progress.css'
import './items.css'

export function ItemsPage() {
  const api = useClient()
  const [statistics, setStatistics] = useState<StatisticsView | null>(null)
  const [keys, setKeys] = useState(false)
  const { problem, run } = useAction()
  useEffect(
    () => run(async () => setStatistics(await api.call('progress.statistics', { keys }))),
    [api, run, keys],
  )
  return (
    <main id="main" className="page progress" aria-busy={!statistics && !problem}>
      <div>
        <Link href="/progress" className="back-link">
          Progress
        </Link>
        <PageTitle title="Items" />
        <p className="progress-soft">How each item does, from the attempts in this app's store.</p>
      </div>
      {problem && <ProblemPanel problem={problem} />}
      {statistics && <Basis statistics={statistics} />}
      {statistics && statistics.items.length > 0 && (
        <Items statistics={statistics} keys={keys} onKeys={setKeys} />
      )}
    </main>
  )
}

function Basis({ statistics: { attempts, enough, items } }: { readonly statistics: StatisticsView }) {
  const most = Math.max(0, ...items.map((item) => item.count))
  return (
    <div className="items-basis">
      <p>
        <strong>
          {items.length === 0
            ? 'No attempt is over yet.'
            : `${count(attempts, 'attempt')}, ${count(items.length, 'item')}.`}
        </strong>{' '}
        {most < enough &&
          `Few attempts say little: an item is judged from ${enough} answers on, and none has so many yet.`}
        {most >= enough && `An item with fewer than ${enough} answers is not judged.`}
      </p>
      <p className="progress-soft">
        For a whole class, let everybody export their progress as JSON, put the files in one folder, and run{' '}
        <code>capstan exam statistics FOLDER</code>.
      </p>
    </div>
  )
}

const COLUMNS: readonly { readonly key: SortKey; readonly name: string; readonly says: string }[] = [
  { key: 'item', name: 'Item', says: '' },
  { key: 'count', name: 'Answers', says: '' },
  { key: 'difficulty', name: 'Right', says: 'Share of answers that were right: the classical difficulty' },
  {
    key: 'discrimination',
    name: 'Discrimination',
    says: 'Correlation with the rest of the form: above 0.15 the able do better',
  },
  { key: 'flags', name: 'Look at it', says: '' },
]

interface ItemsProps {
  readonly statistics: StatisticsView
  /** Whether the keys were asked for. The host gives none before. */
  readonly keys: boolean
  readonly onKeys: (keys: boolean) => void
}

function Items({ statistics, keys, onKeys }: ItemsProps) {
  const [sort, setSort] = useState<Sort>({ key: 'flags', isDescending: true })
  const [onlyFlagged, setOnlyFlagged] = useState(false)
  const shown = sorted(
    statistics.items.filter(({ flags }) => !onlyFlagged || flags.length > 0),
    sort,
  )
  return (
    <>
      <label className="items-filter">
        <input
          type="checkbox"
          checked={onlyFlagged}
          onChange={({ target }) => setOnlyFlagged(target.checked)}
        />
        Only those to look at
      </label>
      <label className="items-filter">
        <input type="checkbox" checked={keys} onChange={({ target }) => onKeys(target.checked)} />
        Show which options are right, and how often each was picked. They are items that you will practise
        again.
      </label>
      <TableScroll label="Items">
        <table className="table progress-table items-table">
          <caption className="visually-hidden">Statistics of items</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <SortHeader key={column.key} column={column} sort={sort} onSort={setSort} />
              ))}
              <th scope="col">Picks</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((item) => (
              <ItemRow key={item.itemId} item={item} enough={statistics.enough} withKeys={keys} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      {shown.length === 0 && <p role="status">No item stands out.</p>}
    </>
  )
}

interface SortHeaderProps {
  readonly column: (typeof COLUMNS)[number]
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
}

function SortHeader({ column: { key, name, says }, sort, onSort }: SortHeaderProps) {
  const isOwn = sort.key === key
  const Icon = !isOwn ? ArrowUpDown : sort.isDescending ? ArrowDown : ArrowUp
  const direction = sort.isDescending ? 'descending' : 'ascending'
  return (
    <th scope="col" aria-sort={isOwn ? direction : 'none'}>
      <button
        type="button"
        className="sort"
        title={says || undefined}
        onClick={() => onSort({ key, isDescending: isOwn ? !sort.isDescending : key !== 'item' })}
      >
        {name} <Icon aria-hidden="true" />
      </button>
    </th>
  )
}
