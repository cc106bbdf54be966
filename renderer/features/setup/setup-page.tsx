/** The first run: what is being prepared, how far it is, and what to do about what went wrong. */
import { Check, Circle, Loader, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { SetupState, SetupTask } from '../../../main/api'
import { api } from '../../api/connection'
import { Logo } from '../../components/logo'
import { PageTitle } from '../../components/page-title'
import { ProblemPanel } from '../../components/problem'
import './setup.css'

export function SetupPage({ setup }: { readonly setup: SetupState }) {
  const seconds = useSeconds()
  return (
    <main id="main" className="page setup">
      <Logo size={46} />
      <PageTitle title="Getting ready" />
      <p className="setup-lead">
        Capstan prepares real Docker nodes on this machine. The first time takes a minute or two; after that
        it is a matter of a moment.
      </p>
      <ul className="setup-tasks" aria-label="Set-up">
        {setup.tasks.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </ul>
      {setup.problem ? (
        <>
          <ProblemPanel problem={setup.problem} onAction={() => void api.call('setup.retry', {})} />
          <Link href="/settings">Choose another engine in the settings</Link>
        </>
      ) : (
        <p className="setup-time">{seconds} s so far</p>
      )}
    </main>
  )
}

function TaskRow({ task }: { readonly task: SetupTask }) {
  const { label, state, detail, fraction, estimateSeconds } = task
  return (
    <li className="setup-task" data-state={state}>
      <TaskIcon state={state} />
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

function TaskIcon({ state }: Pick<SetupTask, 'state'>) {
  if (state === 'done') return <Check aria-hidden="true" />
  if (state === 'failed') return <X aria-hidden="true" />
  if (state === 'running') return <Loader className="spinning" aria-hidden="true" />
  return <Circle aria-hidden="true" />
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((last) => last + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
