/** The items of a result. The reader opens them one by one, and on paper all of them are open. */
import { ChevronRight, CircleCheck, CircleMinus, CircleX, Flag } from 'lucide-react'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { z } from 'zod'
import type { ResultView } from '../../../main/api'
import { duration, InlineCode, Markdown, Segments, useKeptState } from '../../components'
import { Objective } from '../../path'
import { Exhibits, PicturesOf } from '../../question'
import type { Printed } from './print-choice'
import { Revealed } from './revealed'
import './reviewed-items.css'
import './item-exhibits.css'

type Item = ResultView['items'][number]
const Filter = z.enum(['all', 'wrong', 'flagged'])
type Filter = z.infer<typeof Filter>

const FILTERS: Readonly<Record<Filter, (item: Item) => boolean>> = {
  all: () => true,
  wrong: ({ right }) => !right,
  flagged: ({ flagged }) => flagged,
}

interface Props {
  readonly items: readonly Item[]
  readonly domains: ResultView['domains']
  /** The items that are printed, whatever the screen shows. */
  readonly printed: Printed
}

const ON_PAPER: Readonly<Record<Printed, (item: Item) => boolean>> = {
  summary: () => false,
  wrong: FILTERS.wrong,
  all: FILTERS.all,
}

export function ReviewedItems({ items, domains, printed }: Props) {
  const [filter, setFilter] = useKeptState<Filter>('filter', 'all', Filter)
  const isPrinting = usePrinting()
  const titles = new Map(domains.map(({ id, title }) => [id, title]))
  const shown = items
    .map((item, index) => ({ item, index }))
    .filter(({ item }) => (isPrinting ? ON_PAPER[printed] : FILTERS[filter])(item))
  if (isPrinting && shown.length === 0) return null
  const count = (name: Filter) => items.filter(FILTERS[name]).length
  return (
    <section className="reviewed" aria-labelledby="items-title">
      <div className="reviewed-head">
        <h2 id="items-title">Items</h2>
        <Segments
          label="Show"
          value={filter}
          onChange={setFilter}
          segments={[
            { id: 'all', label: `All ${count('all')}` },
            { id: 'wrong', label: `Wrong ${count('wrong')}` },
            { id: 'flagged', label: `Flagged ${count('flagged')}` },
          ]}
        />
      </div>
      <ol className="reviewed-items">
        {shown.map(({ item, index }) => (
          <ReviewedItem
            key={item.id}
            item={item}
            number={index + 1}
            domain={titles.get(item.domain) ?? item.domain}
            isPrinting={isPrinting}
          />
        ))}
      </ol>
      {shown.length === 0 && <p className="attempts-empty">No item is {filter}.</p>}
    </section>
  )
}

interface ItemProps {
  readonly item: Item
  readonly number: number
  readonly domain: string
  readonly isPrinting: boolean
  /** The reader came for this one: it is open, and has the focus. */
  readonly isWanted?: boolean
}

export function ReviewedItem({ item, number, domain, isPrinting, isWanted = false }: ItemProps) {
  const [isOpen, setIsOpen] = useKeptState(`open ${item.id}`, isWanted, z.boolean())
  const head = useWanted(isWanted)
  const body = useId()
  const isShown = isOpen || isPrinting
  return (
    <li className="reviewed-item">
      <h3>
        <button
          ref={head}
          type="button"
          aria-expanded={isOpen}
          aria-controls={body}
          onClick={() => setIsOpen(!isOpen)}
        >
          <ChevronRight aria-hidden="true" className="reviewed-chevron" />
          <ItemOutcome item={item} />
          <span className="reviewed-stem">
            {number}. <InlineCode text={firstLine(item.stem)} />
          </span>
          {item.flagged && <Flag role="img" aria-label="flagged" className="reviewed-flag" />}
        </button>
      </h3>
      <p className="reviewed-facts">
        {domain} · {form(item)} · {duration(item.time)}
        {!item.answered && ' · not answered'}
      </p>
      <ul className="reviewed-facts reviewed-objectives" aria-label="Objectives">
        {item.objectives.map((id) => (
          <li key={id}>
            <Objective id={id} />
          </li>
        ))}
      </ul>
      <div id={body} className="reviewed-body" hidden={!isShown}>
        {isShown && (
          <PicturesOf of={{ itemId: item.id }}>
            <div className="item-stem">
              <Markdown plain text={item.stem} />
            </div>
            <Exhibits exhibits={item.exhibits} />
            <Revealed item={item} delivery={item.delivery} />
          </PicturesOf>
        )}
      </div>
    </li>
  )
}

/** Scrolls to the element once and gives it the focus, when it is wanted. */
function useWanted(isWanted: boolean) {
  const element = useRef<HTMLButtonElement>(null)
  // It comes before a page that one comes back to is scrolled to where it was.
  useLayoutEffect(() => {
    if (!isWanted) return
    element.current?.scrollIntoView({ block: 'start' })
    element.current?.focus({ preventScroll: true })
  }, [isWanted])
  return element
}

function ItemOutcome({ item: { right, answered } }: { readonly item: Item }) {
  const Icon = right ? CircleCheck : answered ? CircleX : CircleMinus
  return (
    <span className="reviewed-outcome" data-right={right}>
      <Icon aria-hidden="true" />
      <span>{right ? 'Right' : 'Wrong'}</span>
    </span>
  )
}

const FORMS: Readonly<Record<Item['kind'], string>> = {
  choice: 'classic',
  multiple: 'classic',
  matching: 'matching',
  ordering: 'ordering',
  command: 'command',
}

/** How the item was asked. */
function form({ delivery, kind }: Item): string {
  return delivery === 'domc' ? 'one at a time' : FORMS[kind]
}

/** The question in one line, without the marks of Markdown but those of code. */
function firstLine(stem: string): string {
  const line = stem.split('\n\n').find((part) => !part.startsWith('```')) ?? ''
  return line.replace(/`[^`]+`|\*/g, (part) => (part === '*' ? '' : part)).replace(/\s+/g, ' ')
}

/** True while the page is printed. It is true before the browser lays the page out. */
export function usePrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setIsPrinting(true))
    const after = () => setIsPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinting
}
