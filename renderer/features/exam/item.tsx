/** The item that is shown: its stem, its exhibits, and its options. */
import type { ReactNode } from 'react'
import type { AttemptView } from '../../../main/api'
import { Markdown } from '../../components'
import { Exhibits, PicturesOf } from '../../question'
import { Arrangement } from './arrangement'
import { CommandBench } from './command-bench'
import { Matching } from './matching'
import { Revealed } from './revealed'
import type { Acts } from './use-acts'
import './item.css'
import './item-exhibits.css'

interface Props {
  readonly view: AttemptView
  readonly acts: Acts
}

export function ItemView({ view, acts }: Props) {
  const { current, items } = view
  return (
    <article className="item">
      <div className="item-head">
        <h1 tabIndex={-1} aria-describedby="item-stem">
          Item {current.index + 1} of {items.length}
        </h1>
        <span className="item-kind">{task(current)}</span>
      </div>
      <PicturesOf of={{ attemptId: view.id, item: current.index }}>
        <div id="item-stem" className="item-stem">
          <Markdown plain text={current.stem} />
          {current.versions && <p className="item-versions">The answer holds {current.versions}.</p>}
        </div>
        <Exhibits exhibits={current.exhibits} />
        <Answer view={view} acts={acts} />
      </PicturesOf>
    </article>
  )
}

const NUMBERS = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** What to do, in the exam's words. */
function task({ delivery, kind, choose }: AttemptView['current']): string {
  if (delivery === 'domc') return 'One option at a time'
  if (kind === 'command') return 'Type a command'
  if (kind === 'ordering') return 'Put in order'
  if (kind === 'matching') return 'Match each part'
  if (kind === 'choice') return 'Choose one'
  return choose === undefined ? 'Choose all that are right' : `Choose ${NUMBERS[choose] ?? choose}`
}

function Answer({ view, acts }: Props): ReactNode {
  const { current } = view
  if (current.revealed) return <Revealed item={current.revealed} delivery={current.delivery} isFresh />
  if (current.delivery === 'domc') return <OptionAlone view={view} acts={acts} />
  if (current.kind === 'command') return <CommandBench current={current} acts={acts} />
  if (current.kind === 'ordering') return <Arrangement current={current} acts={acts} />
  if (current.kind === 'matching') return <Matching current={current} acts={acts} />
  return <OptionGroup view={view} acts={acts} />
}

/** One option of a one-at-a-time item. The buttons that answer it stand below, always in the same place. */
function OptionAlone({ view: { current }, acts }: Props) {
  const [option] = current.options
  return (
    <section
      className="option-alone"
      aria-label="Option"
      aria-live="polite"
      aria-atomic="true"
      data-ready={acts.canDecide}
    >
      {option && (
        <>
          <h2>Option {current.decided + 1}: is this right?</h2>
          <Markdown key={option.id} plain text={option.text} />
        </>
      )}
      {!option && !acts.busy && <p className="item-over">This item is over. Continue with the next one.</p>}
    </section>
  )
}

function OptionGroup({ view: { current }, acts }: Props) {
  const { options, kind, closed, index } = current
  const { chosen } = acts
  const turn = (id: number) => (chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <fieldset className="options" disabled={closed}>
      <legend className="visually-hidden">{task(current)}</legend>
      {options.map(({ id, text }, at) => (
        <label key={id} className="option" data-chosen={chosen.includes(id)}>
          <input
            type={kind === 'choice' ? 'radio' : 'checkbox'}
            name={`item-${index}`}
            checked={chosen.includes(id)}
            onChange={() => acts.choose(kind === 'choice' ? [id] : turn(id))}
          />
          <span className="key" aria-hidden="true">
            {at + 1}
          </span>
          <Markdown plain text={text} />
        </label>
      ))}
    </fieldset>
  )
}
