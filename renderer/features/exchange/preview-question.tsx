/** A question as it will look, with its key, its reasons, and what is lost of it. */
import { ArrowRight, Check, Copy, Scissors, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PreviewItem } from '../../../main/api'
import { Markdown } from '../../components'
import { Objective } from '../../path'
import { Exhibits } from '../../question'

interface Props {
  readonly item: PreviewItem
  readonly number: number
  readonly isWanted: boolean
  /** Whether the person cannot choose. */
  readonly isFixed: boolean
  readonly onWant: (want: boolean) => void
}

export function PreviewQuestion({ item, number, isWanted, isFixed, onWant }: Props) {
  const { id, stem, exhibits, explanation, source, objectives, tags, category } = item
  return (
    <li className="exchange-question">
      <h4>
        Question {number} <code>{id}</code>
      </h4>
      <label className="exchange-check">
        <input
          type="checkbox"
          checked={isWanted}
          disabled={isFixed}
          onChange={({ target }) => onWant(target.checked)}
        />
        Add question {number}
      </label>
      <Marks item={item} />
      <Markdown plain text={stem} />
      <Exhibits exhibits={exhibits} />
      <Answer item={item} />
      <Markdown plain text={explanation} />
      <p className="exchange-soft">
        Source: {source}
        {category && ` · Category: ${category}`}
        {tags.length > 0 && ` · Tags: ${tags.join(', ')}`}
      </p>
      <ul aria-label="Objectives">
        {objectives.map((objective) => (
          <li key={objective}>
            <Objective id={objective} />
          </li>
        ))}
      </ul>
    </li>
  )
}

function Answer({ item: { kind, options, pairs } }: Pick<Props, 'item'>): ReactNode {
  if (kind === 'ordering') return <Sequence options={options} />
  if (kind === 'matching') return <Pairs pairs={pairs} extras={options.filter(({ right }) => !right)} />
  return <Options options={options} />
}

type Option = PreviewItem['options'][number]

function Options({ options, label = 'Options' }: { options: readonly Option[]; label?: string }) {
  return (
    <ul className="exchange-options" aria-label={label}>
      {options.map(({ text, right, why }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the options of a preview never move
        <li key={index} data-right={right}>
          {right ? <Check role="img" aria-label="right" /> : <X role="img" aria-label="wrong" />}
          <div>
            <Markdown plain text={text} />
            {why && (
              <div className="exchange-soft">
                <Markdown plain text={why} />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Sequence({ options }: { options: readonly Option[] }) {
  return (
    <ol className="exchange-sequence" aria-label="The right order">
      {options.map(({ text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the entries of a preview never move
        <li key={index}>
          <Markdown plain text={text} />
        </li>
      ))}
    </ol>
  )
}

function Pairs({ pairs, extras }: { pairs: PreviewItem['pairs']; extras: readonly Option[] }) {
  return (
    <>
      <ul className="exchange-pairs" aria-label="What belongs together">
        {pairs.map(({ left, right }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pairs of a preview never move
          <li key={index}>
            <Markdown plain text={left} />
            <ArrowRight role="img" aria-label="belongs to" />
            <Markdown plain text={right} />
          </li>
        ))}
      </ul>
      {extras.length > 0 && <Options options={extras} label="Options that belong to nothing" />}
    </>
  )
}

function Marks({ item: { lost, line, duplicate } }: Pick<Props, 'item'>) {
  if (lost.length === 0 && !duplicate) return null
  return (
    <ul className="exchange-marks">
      {duplicate && (
        <li>
          <Copy aria-hidden="true" /> The same question is {duplicate}.
        </li>
      )}
      {lost.length > 0 && (
        <li>
          <Scissors aria-hidden="true" /> It comes without {lost.join(', ')}
          {line !== null && ` (line ${line})`}.
        </li>
      )}
    </ul>
  )
}
