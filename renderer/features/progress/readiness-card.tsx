/** Says how ready the learner is, in words first, and how that is estimated. */
import type { ProgressOverview } from '../../../main/api'
import { percent } from '../../components'
import { Scale, Track } from './track'
import { basis, verdict } from './words'
import './how.css'
import './readiness-card.css'

type Props = Pick<ProgressOverview, 'total' | 'passMark'>

export function ReadinessCard({ total, passMark }: Props) {
  const { tone, title, chance } = verdict(total, passMark)
  return (
    <section className="readiness" data-tone={tone} aria-label="Readiness">
      <p className="readiness-title">{title}</p>
      <p className="readiness-range">
        Likely between <strong>{percent(total.low)}</strong> and <strong>{percent(total.high)}</strong>; the
        pass mark is {percent(passMark)}.
      </p>
      <div className="readiness-scale">
        <Track estimate={total} passMark={passMark} large />
        <Scale passMark={passMark} />
      </div>
      <p className="progress-soft">
        {chance} This rests on {basis(total)}.
      </p>
      <HowEstimated />
    </section>
  )
}

function HowEstimated() {
  return (
    <details className="how">
      <summary>How this is estimated</summary>
      <p>
        A Rasch model weighs your answers: a right answer to a hard item says more than one to an easy item.
        Each domain has an ability of its own; where you have answered little, it leans on what you have shown
        in the others, with more doubt. The domains are added up by their share of the exam. With 90&nbsp;%
        probability your score lies in the interval; the dot is its middle.
      </p>
      <ul>
        <li>An item that you see again counts once, by your last answer, and half: some of it is memory.</li>
        <li>A task of a hands-on exam counts like an item: right when it passed.</li>
        <li>A completed lab counts like half a right answer for each of its objectives.</li>
        <li>Evidence fades: what you showed 60 days ago counts half.</li>
        <li>Items that you did not reach count for nothing here, though they cost points in an exam.</li>
      </ul>
      <p>
        It is an estimate from our items, not a promise about the exam's. Sources: Rasch (1960),{' '}
        <cite>Probabilistic Models for Some Intelligence and Attainment Tests</cite>; Bock and Mislevy (1982),
        “Adaptive EAP estimation of ability in a microcomputer environment”,{' '}
        <cite>Applied Psychological Measurement</cite> 6; Wainer and others (2001), “Augmented scores”, in{' '}
        <cite>Test Scoring</cite>.
      </p>
    </details>
  )
}
