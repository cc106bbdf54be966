/** The places of an ordering or a matching that is over: what belongs there, and what was put there. */
import { Check, X } from 'lucide-react'
import type { RevealedItem } from '../../../main/api'
import { Markdown } from '../../components'
import { Why } from './why'
import './parts.css'

type Place = RevealedItem['places'][number]

export function JudgedPlaces({ places, kind }: Pick<RevealedItem, 'places' | 'kind'>) {
  const right = places.filter(({ isRight }) => isRight).length
  return (
    <>
      {right < places.length && (
        <p className="places-count">
          {right} of {places.length} places are right. The item counts when all of them are.
        </p>
      )}
      <ol
        className="revealed-options"
        aria-label={kind === 'ordering' ? 'The right order' : 'What belongs together'}
      >
        {places.map((place, index) => (
          <JudgedPlace key={`${place.prompt ?? ''} ${place.right}`} place={place} number={index + 1} />
        ))}
      </ol>
    </>
  )
}

function JudgedPlace({ place, number }: { readonly place: Place; readonly number: number }) {
  const { prompt, right, given, isRight, why } = place
  return (
    <li data-right={isRight} data-mistaken={!isRight && given !== null}>
      {isRight ? (
        <Check className="revealed-mark" role="img" aria-label="right" />
      ) : (
        <X className="revealed-mark" role="img" aria-label="wrong" />
      )}
      <div>
        {prompt === null ? <strong>{number}.</strong> : <Markdown plain text={prompt} />}
        <dl className="place-texts">
          <dt>{isRight ? 'Right, and yours' : 'Right'}</dt>
          <dd>
            <Markdown plain text={right} />
          </dd>
          {!isRight && (
            <>
              <dt>Yours</dt>
              <dd>{given === null ? 'nothing' : <Markdown plain text={given} />}</dd>
            </>
          )}
        </dl>
        <Why text={why} />
      </div>
    </li>
  )
}

/** The options of a matching that belong to no part. */
export function JudgedExtras({ options }: Pick<RevealedItem, 'options'>) {
  return (
    <section className="revealed-extras" aria-label="Options that belong to no part">
      <h3>These belong to no part</h3>
      <ul className="revealed-options">
        {options.map(({ id, text, why, picked }) => (
          <li key={id} data-mistaken={picked}>
            <X className="revealed-mark" aria-hidden="true" />
            <div>
              <Markdown plain text={text} />
              {picked && <p className="revealed-state">You used it.</p>}
              <Why text={why} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
