/** The search: a field and what it finds, each a link. */
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { SearchHit } from '../../../main/api'
import { useAnswer } from '../../api'
import { Dialog, InlineCode, useClock } from '../../components'
import './search.css'

const KINDS: readonly (readonly [kind: SearchHit['kind'], title: string])[] = [
  ['lab', 'Labs'],
  ['step', 'Steps of labs'],
  ['objective', 'Objectives'],
  ['command', 'Commands'],
  ['question', 'Questions that you have seen'],
  ['page', 'Pages'],
]
/** Milliseconds without a key until the host is asked. */
const PAUSE_MS = 150

interface Props {
  readonly isOpen: boolean
  /** What it begins with. */
  readonly text?: string
  readonly onClose: () => void
}

export function SearchDialog({ isOpen, text = '', onClose }: Props) {
  return (
    <Dialog title="Search" isOpen={isOpen} onClose={onClose}>
      <SearchForm first={text} onClose={onClose} />
    </Dialog>
  )
}

function SearchForm({ first, onClose }: Pick<Props, 'onClose'> & { readonly first: string }) {
  const [text, setText] = useState(first)
  const asked = useSettled(text.trim())
  return (
    <search className="search">
      <label>
        <span className="visually-hidden">Search for</span>
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
          autoFocus
          className="control"
          type="search"
          maxLength={200}
          placeholder="A lab, a step, an objective, a command"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      {asked !== '' && <Found text={asked} onClose={onClose} />}
    </search>
  )
}

/** The text, once nothing was typed for a moment. */
function useSettled(text: string): string {
  const clock = useClock()
  const [settled, setSettled] = useState(text)
  useEffect(() => clock.after(PAUSE_MS, () => setSettled(text)), [clock, text])
  return settled
}

function Found({ text, onClose }: Pick<Props, 'onClose'> & { readonly text: string }) {
  const { value: hits } = useAnswer('search.find', { text })
  if (!hits) return null
  return (
    <div className="search-hits">
      <p role="status" className={hits.length > 0 ? 'visually-hidden' : undefined}>
        {hits.length > 0 ? `${hits.length} found` : 'Nothing has all these words.'}
      </p>
      {KINDS.map(([kind, title]) => {
        const own = hits.filter((hit) => hit.kind === kind)
        return own.length > 0 && <Kind key={kind} title={title} hits={own} onClose={onClose} />
      })}
    </div>
  )
}

interface KindProps extends Pick<Props, 'onClose'> {
  readonly title: string
  readonly hits: readonly SearchHit[]
}

function Kind({ title, hits, onClose }: KindProps) {
  const isCode = hits[0]?.kind === 'command'
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {hits.map((hit) => (
          <li key={`${hit.to} ${hit.title}`}>
            <Link href={hit.to} onClick={onClose}>
              {isCode ? <code>{hit.title}</code> : <InlineCode text={hit.title} />}
            </Link>
            <span>
              <InlineCode text={hit.detail} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
