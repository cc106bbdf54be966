/** An item that is over: the verdict, the reason for each option, the explanation, and the labs that teach it. */
import { Check, CircleCheck, CircleX, FlaskConical, X } from 'lucide-react'
import { Fragment, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { CurrentItem, RevealedItem } from '../../../main/api'
import { Markdown } from '../../components'
import { CommandResult } from './command-result'
import { ItemMarks } from './item-marks'
import { type JudgedOption, judged } from './judged'
import { JudgedExtras, JudgedPlaces } from './judged-places'
import { Why } from './why'
import './revealed.css'

interface Props {
  readonly item: RevealedItem
  readonly delivery: CurrentItem['delivery']
  /** The item was answered a moment ago, so the verdict is shown and takes the focus. */
  readonly isFresh?: boolean
}

export function Revealed({ item, delivery, isFresh = false }: Props) {
  return (
    <div className="revealed">
      {isFresh && <Verdict verdict={verdictOn(item)} />}
      {item.places.length > 0 && <JudgedPlaces places={item.places} kind={item.kind} />}
      <JudgedOptions item={item} delivery={delivery} />
      {item.command && <CommandResult command={item.command} />}
      <section className="revealed-explanation" aria-label="Explanation">
        <h3>Why</h3>
        <Markdown plain text={item.explanation} />
        <p className="revealed-source">
          Source: <Source text={item.source} />
        </p>
      </section>
      <ItemMarks item={item} />
      {item.labs.length > 0 && (
        <section className="revealed-labs" aria-label="Labs that teach this">
          <h3>Learn it by doing</h3>
          <ul>
            {item.labs.map(({ id, title }) => (
              <li key={id}>
                <FlaskConical aria-hidden="true" /> <Link href={`/labs/${id}`}>{title}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function JudgedOptions({ item, delivery }: Pick<Props, 'item' | 'delivery'>) {
  if (item.options.length === 0) return null
  if (item.kind === 'matching') return <JudgedExtras options={item.options} />
  return (
    <ul className="revealed-options" aria-label="Options">
      {judged(item.options, delivery).map((option) => (
        <OptionJudged key={option.id} option={option} />
      ))}
    </ul>
  )
}

type Verdict = 'Right' | 'Not right' | 'Not tried'

/** A command item that was not tried is neither right nor wrong. */
function verdictOn({ right, command }: RevealedItem): Verdict {
  if (command?.checks === null) return 'Not tried'
  return right ? 'Right' : 'Not right'
}

function Verdict({ verdict }: { readonly verdict: Verdict }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2
      ref={heading}
      tabIndex={-1}
      className="verdict"
      data-right={verdict === 'Not tried' ? undefined : verdict === 'Right'}
    >
      {verdict === 'Right' && <CircleCheck aria-hidden="true" />}
      {verdict === 'Not right' && <CircleX aria-hidden="true" />}
      {verdict}
    </h2>
  )
}

/** An option of an item that is over: what is true of it, and what was said to it. */
export function OptionJudged({
  option: { text, why, right, answer, mistaken },
}: {
  readonly option: JudgedOption
}) {
  return (
    <li data-right={right} data-mistaken={mistaken}>
      {right ? (
        <Check className="revealed-mark" aria-hidden="true" />
      ) : (
        <X className="revealed-mark" aria-hidden="true" />
      )}
      <div>
        <Markdown plain text={text} />
        <p className="revealed-state">
          <strong>{right ? 'True.' : 'False.'}</strong>{' '}
          <span className="revealed-answer" data-mistaken={mistaken}>
            {answer}
            {mistaken !== null && <AnswerMark mistaken={mistaken} />}
          </span>
        </p>
        <Why text={why} />
      </div>
    </li>
  )
}

function AnswerMark({ mistaken }: { readonly mistaken: boolean }) {
  if (mistaken) return <CircleX role="img" aria-label="wrong answer" />
  return <CircleCheck role="img" aria-label="right answer" />
}

const ADDRESS = /^(https?:\/\/)?[\w-]+(\.[\w-]+)+(\/\S*)?$/

/** A source names web addresses, often without their protocol, or plain words; a semicolon or a comma is between two. */
function Source({ text }: { readonly text: string }) {
  const parts = text.split(/([;,] )/).map((part, index) => ({ part, place: `${index}:${part}` }))
  return parts.map(({ part, place }) => (
    <Fragment key={place}>{ADDRESS.test(part) ? <ToSource address={part} /> : part}</Fragment>
  ))
}

function ToSource({ address }: { readonly address: string }) {
  const href = address.startsWith('http') ? address : `https://${address}`
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {address}
    </a>
  )
}
