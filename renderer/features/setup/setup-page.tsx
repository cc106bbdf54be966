/** The first run: the parts that are prepared, how far each is, and what to do when one fails. */
import { Check, Circle, Loader, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { SetupLine, SetupState } from '../../../main/api'
import { useClient } from '../../api'
import { Logo, PageTitle, ProblemPanel, TriedList, useClock } from '../../components'
import './setup.css'

export function SetupPage({ setup }: { readonly setup: SetupState }) {
  const api = useClient()
  const seconds = useSeconds()
  return (
    <main id="main" className="page setup">
      <Logo size={46} />
      <PageTitle title="Getting ready" />
      <p className="setup-lead">
        Capstan prepares real Docker nodes on this machine. The first time takes a minute or two; after that
        it takes a moment.
      </p>
      <ul className="setup-lines" aria-label="Set-up">
        {setup.lines.map((line) => (
          <LineRow key={line.id} line={line} />
        ))}
      </ul>
      {setup.problem ? (
        <>
          <ProblemPanel problem={setup.problem} onAction={() => void api.call('setup.retry', {})} />
          <TriedList tried={setup.tried} />
          <Link href="/settings">Choose another engine in the settings</Link>
        </>
      ) : (
        <p className="setup-time">
          <RemainingTime setup={setup} />
          {seconds} s so far
        </p>
      )}
    </main>
  )
}

/**
 * Counts down from what the host told last, also when that is the same number again. It never tells the end before the
 * end.
 */
function RemainingTime({ setup }: { readonly setup: SetupState }) {
  const since = useSeconds(setup)
  if (setup.remainingSeconds === null) return null
  const left = setup.remainingSeconds - since
  return <>{left > 1 ? `About ${left} s left, ` : 'A moment left, '}</>
}

function LineRow({ line }: { readonly line: SetupLine }) {
  const { label, state, detail, fraction, estimateSeconds } = line
  return (
    <li className="setup-line" data-state={state}>
      <LineIcon state={state} />
      <div>
        <span>{label}</span>
        {state === 'running' && (
          <>
            <small>{detail ?? (estimateSeconds ? `About ${estimateSeconds} s` : '')}</small>
            <progress aria-label={label} max={1} {...(fraction !== null && { value: fraction })} />
          </>
        )}
        {state === 'failed' && <small>{detail}</small>}
      </div>
      <span className="visually-hidden">{state}</span>
    </li>
  )
}

function LineIcon({ state }: Pick<SetupLine, 'state'>) {
  if (state === 'done') return <Check aria-hidden="true" />
  if (state === 'failed') return <X aria-hidden="true" />
  if (state === 'running') return <Loader className="spinning" aria-hidden="true" />
  return <Circle aria-hidden="true" />
}

/** The seconds since the page was opened, or since the value changed. */
function useSeconds(restart: unknown = null): number {
  const clock = useClock()
  const [counted, setCounted] = useState({ restart, seconds: 0 })
  const seconds = counted.restart === restart ? counted.seconds : 0
  useEffect(
    () => clock.after(1000, () => setCounted({ restart, seconds: seconds + 1 })),
    [clock, restart, seconds],
  )
  return seconds
}
