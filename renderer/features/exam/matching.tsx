/** The prompts of a matching, each with a field for the option that belongs to it. */
import { useId } from 'react'
import type { CurrentItem } from '../../../main/api'
import { Markdown, plain } from '../../components'
import type { Acts } from './use-acts'
import './parts.css'

interface Props {
  readonly current: CurrentItem
  readonly acts: Pick<Acts, 'chosen' | 'choose'>
}

/** Stands for a prompt that has no option yet, as in the contract. */
const NOTHING = 0

export function Matching({ current: { options, prompts, closed }, acts }: Props) {
  const given = prompts.map((_prompt, index) => acts.chosen[index] ?? NOTHING)
  const choose = (index: number, option: number) =>
    acts.choose(given.map((one, at) => (at === index ? option : one)))
  return (
    <div className="matching">
      <ul className="matching-options" aria-label="Options">
        {options.map(({ id, text }, index) => (
          <li key={id}>
            <span className="part-place" aria-hidden="true">
              {letter(index)}
            </span>
            <Markdown plain text={text} />
          </li>
        ))}
      </ul>
      <p className="parts-hint">
        An option may belong to several parts, and there may be options that belong to none.
      </p>
      <ul className="parts" aria-label="Parts to match">
        {prompts.map((prompt, index) => (
          <Prompt
            key={prompt}
            text={prompt}
            options={options}
            given={given[index] ?? NOTHING}
            isDisabled={closed}
            onChoose={(option) => choose(index, option)}
          />
        ))}
      </ul>
    </div>
  )
}

interface PromptProps extends Pick<CurrentItem, 'options'> {
  readonly text: string
  readonly given: number
  readonly isDisabled: boolean
  readonly onChoose: (option: number) => void
}

function Prompt({ text, options, given, isDisabled, onChoose }: PromptProps) {
  const label = useId()
  return (
    <li className="matching-part" data-chosen={given !== NOTHING}>
      <div id={label}>
        <Markdown plain text={text} />
      </div>
      <select
        className="control"
        aria-labelledby={label}
        disabled={isDisabled}
        value={given}
        onChange={({ target }) => onChoose(Number(target.value))}
      >
        <option value={NOTHING}>Choose an option</option>
        {options.map((option, index) => (
          <option key={option.id} value={option.id}>
            {letter(index)}. {plain(option.text)}
          </option>
        ))}
      </select>
    </li>
  )
}

function letter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index)
}
