/** Readiness by domain. Each domain opens to its objectives. */
import { Check, ChevronRight, Dumbbell } from 'lucide-react'
import { Link } from 'wouter'
import type { DomainProgress, EstimateView, ObjectiveProgress, ProgressOverview } from '../../../main/api'
import { Button, InlineCode, interval, percent, plain } from '../../components'
import { Figure } from './figure'
import { TableScroll } from './table-scroll'
import { Scale, Track } from './track'
import { basis } from './words'
import './domain-chart.css'

interface Props extends Pick<ProgressOverview, 'domains' | 'passMark'> {
  readonly busy: boolean
  readonly onDrill: (objectives: readonly string[]) => void
}

export function DomainChart(props: Props) {
  return (
    <Figure
      title="By domain"
      lead="The dot is what you would most likely score, the bar where it lies with 90 % probability."
      chart={<Domains {...props} />}
      table={<DomainTable domains={props.domains} />}
    />
  )
}

function Domains({ domains, passMark, busy, onDrill }: Props) {
  return (
    <div className="domains">
      <div className="domain-scale">
        <Scale passMark={passMark} />
      </div>
      {domains.map((domain) => (
        <details key={domain.id} className="domain" data-testid={`domain-${domain.id}`}>
          <summary>
            <ChevronRight aria-hidden="true" className="domain-chevron" />
            <span className="domain-name">
              <strong>{domain.title}</strong>
              <span className="progress-faint">
                {`${domain.weight} % of the exam`}
                {domain.labsAll > 0 && ` · ${domain.labsDone} of ${domain.labsAll} labs done`}
              </span>
            </span>
            <Track estimate={domain} passMark={passMark} />
            <Value estimate={domain} />
          </summary>
          <ul className="objectives">
            {domain.objectives.map((objective) => (
              <Objective key={objective.id} {...{ objective, passMark, busy, onDrill }} />
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}

/** Fewer answers than these say nothing about an objective. */
const FEWEST_ANSWERS = 3

/** The expected score. Without answers and labs there is none, and of few answers none is shown. */
function Value({ estimate, fewest = 0 }: { readonly estimate: EstimateView; readonly fewest?: number }) {
  if (estimate.items + estimate.labs === 0) return <span className="value value-unknown">No answers yet</span>
  if (estimate.items < fewest) return <span className="value value-unknown">Too few answers</span>
  return (
    <span className="value">
      <strong>{percent(estimate.percent)}</strong>{' '}
      <span className="progress-faint">{interval(estimate)}</span>
    </span>
  )
}

interface ObjectiveProps extends Omit<Props, 'domains'> {
  readonly objective: ObjectiveProgress
}

function Objective({ objective, passMark, busy, onDrill }: ObjectiveProps) {
  const { id, title, inBank, taughtBy } = objective
  return (
    <li className="objective">
      <div className="objective-name">
        <span>
          <Link href={`/objectives/${id}`}>
            <InlineCode text={title} />
          </Link>{' '}
          <code className="objective-id">{id}</code>
        </span>
        {taughtBy.length > 0 && <Labs labs={taughtBy} />}
      </div>
      <Track estimate={objective} passMark={passMark} />
      <Value estimate={objective} fewest={FEWEST_ANSWERS} />
      <Button
        small
        icon={<Dumbbell aria-hidden="true" />}
        isDisabled={busy || inBank === 0}
        aria-label={`Drill this: ${plain(title)}`}
        onPress={() => onDrill([id])}
      >
        Drill this
      </Button>
    </li>
  )
}

function Labs({ labs }: { readonly labs: ObjectiveProgress['taughtBy'] }) {
  return (
    <ul className="objective-labs" aria-label="Labs that teach it">
      {labs.map(({ id, title, done }) => (
        <li key={id}>
          <Link href={`/labs/${id}`}>{title}</Link>
          {done && <Check role="img" aria-label="completed" />}
        </li>
      ))}
    </ul>
  )
}

function DomainTable({ domains }: Pick<Props, 'domains'>) {
  return (
    <TableScroll label="Readiness as a table">
      <table className="table progress-table">
        <caption className="visually-hidden">Readiness by domain and objective</caption>
        <thead>
          <tr>
            <th scope="col">Domain, objective</th>
            <th scope="col">Expected</th>
            <th scope="col">Interval, 90 %</th>
            <th scope="col">Rests on</th>
            <th scope="col">Labs done</th>
          </tr>
        </thead>
        {domains.map((domain) => (
          <DomainRows key={domain.id} domain={domain} />
        ))}
      </table>
    </TableScroll>
  )
}

function DomainRows({ domain }: { readonly domain: DomainProgress }) {
  return (
    <tbody>
      <tr className="table-group">
        <th scope="rowgroup">
          {domain.title} <span className="progress-faint">{domain.weight} %</span>
        </th>
        <Numbers estimate={domain} />
        <td>{labsDone(domain.labsDone, domain.labsAll)}</td>
      </tr>
      {domain.objectives.map((objective) => (
        <tr key={objective.id}>
          <th scope="row">
            <code className="objective-id">{objective.id}</code> <InlineCode text={objective.title} />
          </th>
          <Numbers estimate={objective} fewest={FEWEST_ANSWERS} />
          <td>{labsDone(objective.taughtBy.filter(({ done }) => done).length, objective.taughtBy.length)}</td>
        </tr>
      ))}
    </tbody>
  )
}

/** "1 of 3", or a dash where there are no labs. */
function labsDone(done: number, all: number): string {
  return all === 0 ? '–' : `${done} of ${all}`
}

function Numbers({ estimate, fewest = 0 }: { readonly estimate: EstimateView; readonly fewest?: number }) {
  const isKnown = estimate.items + estimate.labs > 0 && estimate.items >= fewest
  return (
    <>
      <td>{isKnown ? percent(estimate.percent) : '–'}</td>
      <td>{isKnown ? interval(estimate) : '–'}</td>
      <td>{basis(estimate)}</td>
    </>
  )
}
