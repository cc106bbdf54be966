/** The first page: where the student is, and what comes next. */
import type { LabSummary } from '../../../main/api'
import { useStream } from '../../api'
import { PageTitle } from '../../components'
import { statusOf } from '../../path'
import { LabRow } from './lab-row'
import './home.css'

/** The lab that asks for the least: one node, no swarm. */
const FIRST_LAB = 'container-life'

export function HomePage() {
  const { value: labs } = useStream('lab.watch', {})
  return (
    <main id="main" className="page home" aria-busy={!labs}>
      <PageTitle title="Home" />
      {labs && <Labs labs={labs} />}
    </main>
  )
}

function Labs({ labs }: { readonly labs: readonly LabSummary[] }) {
  const open = labs.filter((lab) => statusOf(lab) === 'open')
  const next = open.length === 0 && nextLab(labs)
  return (
    <>
      {open.length > 0 && (
        <section className="home-part" aria-labelledby="home-open">
          <h2 id="home-open">Open now</h2>
          <ul className="home-labs">
            {open.map((lab) => (
              <LabRow key={lab.id} lab={lab} isMain />
            ))}
          </ul>
        </section>
      )}
      {next && (
        <section className="home-part" aria-labelledby="home-next">
          <h2 id="home-next">{labs.some(({ completedAt }) => completedAt) ? 'Next' : 'Start here'}</h2>
          <ul className="home-labs">
            <LabRow lab={next} isMain />
          </ul>
        </section>
      )}
    </>
  )
}

function nextLab(labs: readonly LabSummary[]): LabSummary | undefined {
  const toDo = labs.filter(({ completedAt, problem }) => !completedAt && !problem)
  return toDo.find(({ id }) => id === FIRST_LAB) ?? toDo[0]
}
