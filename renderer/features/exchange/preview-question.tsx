/** A question as it will look, with its key, its reasons, and what is lost of it. */
import { Check, Copy, Scissors, X } from 'lucide-react'
import type { PreviewItem } from '../../../main/api'
import { Markdown } from '../../components'
import { Objective } from '../../path'
import { Exhibits } from '../../question'

interface Props {
  readonly item: PreviewItem
  readonly number: number
}

export function PreviewQuestion({ item, number }: Props) {
  const { id, stem, exhibits, options, explanation, source, objectives, tags, category } = item
  return (
    <li className="exchange-question">
      <h4>
        Question {number} <code>{id}</code>
      </h4>
      <Marks item={item} />
      <Markdown plain text={stem} />
      <Exhibits exhibits={exhibits} />
      <ul className="exchange-options" aria-label="Options">
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
