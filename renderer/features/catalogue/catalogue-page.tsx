/** All labs, by domain, with filters and progress. */
import { Search } from 'lucide-react'
import { Link } from 'wouter'
import type { LabSummary, PathView } from '../../../main/api'
import { useAnswer, useSettings, useStream } from '../../api'
import { Button, PageTitle } from '../../components'
import { askSearch, statusOf, useObjectives } from '../../path'
import { domainName, domainsOf, type Filter, matchesFilter, NO_FILTER } from './filter'
import { LabCard } from './lab-card'
import { beginning, inOrder } from './order'
import { useKeptFilter } from './use-kept-filter'
import './catalogue.css'

export function CataloguePage() {
  const { value: labs } = useStream('lab.watch', {})
  const { value: paths } = useAnswer('path.list', {})
  const titles = useObjectives()
  const [filter, setFilter] = useKeptFilter()
  const words = (ids: readonly string[]) => ids.flatMap((id) => titles.get(id)?.title ?? [])
  const fitting = labs?.filter((lab) => matchesFilter(lab, filter, words(lab.objectives))) ?? []
  const shown = inOrder(fitting, paths ?? [])
  return (
    <main id="main" className="page">
      <div className="catalogue-head">
        <div>
          <PageTitle title="Labs" />
          <p className="catalogue-lead">
            Real Docker nodes, real terminals. Every check tells you why it is red.
          </p>
        </div>
        {labs && <Totals done={labs.filter(({ completedAt }) => completedAt).length} all={labs.length} />}
      </div>
      <Filters filter={filter} onChange={setFilter} domains={domainsOf(labs ?? [])} />
      {labs && paths && fitting.length === labs.length && <BeginHere labs={labs} paths={paths} />}
      {domainsOf(shown).map((domain) => (
        <section key={domain} aria-labelledby={`domain-${domain}`} className="catalogue-domain">
          <h2 id={`domain-${domain}`}>{domainName(domain)}</h2>
          <ul className="catalogue-grid">
            {shown
              .filter((lab) => lab.domain === domain)
              .map((lab) => (
                <LabCard key={lab.id} lab={lab} />
              ))}
          </ul>
        </section>
      ))}
      {labs && shown.length === 0 && (
        <div className="catalogue-empty" role="status">
          <p>{labs.length === 0 ? 'There are no labs here yet.' : 'No lab fits these filters.'}</p>
          {filter.text.trim() !== '' && (
            <Button onPress={() => askSearch(filter.text.trim())}>
              {`Search steps, commands and objectives for “${filter.text.trim()}”`}
            </Button>
          )}
          {labs.length > 0 && <Button onPress={() => setFilter(NO_FILTER)}>Show all labs</Button>}
        </div>
      )}
    </main>
  )
}

interface BeginProps {
  readonly labs: readonly LabSummary[]
  readonly paths: readonly PathView[]
}

/** The domains stand in the order of the exam, which does not begin with what is easy. */
function BeginHere({ labs, paths }: BeginProps) {
  const { followedPath } = useSettings().settings
  const first = beginning(labs, paths, followedPath)
  if (!first || labs.some((lab) => statusOf(lab) !== 'new')) return null
  const { lab, path } = first
  return (
    <section className="catalogue-begin" aria-label="Begin here">
      New here? Begin with <Link href={`/labs/${lab.id}`}>{lab.title}</Link>, the first lab of{' '}
      <Link href="/paths">{path.title}</Link>.
    </section>
  )
}

function Totals({ done, all }: { readonly done: number; readonly all: number }) {
  return (
    <div className="catalogue-totals">
      <strong>
        {done} of {all}
      </strong>
      <span>completed</span>
    </div>
  )
}

interface FiltersProps {
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
  readonly domains: readonly string[]
}

function Filters({ filter, onChange, domains }: FiltersProps) {
  const choose = (key: keyof Filter) => (event: { target: { value: string } }) =>
    onChange({ ...filter, [key]: event.target.value })
  return (
    <search className="filters">
      <SearchField value={filter.text} onChange={choose('text')} />
      <select className="control" aria-label="Domain" value={filter.domain} onChange={choose('domain')}>
        <option value="">All domains</option>
        {domains.map((domain) => (
          <option key={domain} value={domain}>
            {domainName(domain)}
          </option>
        ))}
      </select>
      <select
        className="control"
        aria-label="Difficulty"
        value={filter.difficulty}
        onChange={choose('difficulty')}
      >
        <option value="">Any difficulty</option>
        <option value="easy">Easy</option>
        <option value="medium">Medium</option>
        <option value="hard">Hard</option>
      </select>
      <select className="control" aria-label="Status" value={filter.status} onChange={choose('status')}>
        <option value="">Any status</option>
        <option value="open">Open now</option>
        <option value="new">Not started</option>
        <option value="begun">Started</option>
        <option value="done">Completed</option>
      </select>
    </search>
  )
}

interface SearchProps {
  readonly value: string
  readonly onChange: (event: { target: { value: string } }) => void
}

function SearchField({ value, onChange }: SearchProps) {
  return (
    <label className="filter-search">
      <Search aria-hidden="true" />
      <span className="visually-hidden">Search labs</span>
      <input className="control" type="search" placeholder="Search labs" value={value} onChange={onChange} />
    </label>
  )
}
