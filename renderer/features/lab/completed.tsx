/** What a student sees when every step of the lab is over: done, or done for somebody who has begun in the middle. */
import { Flag, PartyPopper } from 'lucide-react'
import { useState } from 'react'
import type { LabDetail, SessionView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, ConfirmDialog, ProblemPanel } from '../../components'
import { Practised } from '../../path'
import { type Ending, stepNumbers } from './ending'
import './completed.css'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
  readonly ending: Ending
}

export function Completed({ lab, session, ending }: Props) {
  const [first] = ending.skipped
  return (
    <div className="completed">
      {first === undefined ? (
        <All title={lab.title} />
      ) : (
        <Part lab={lab} session={session} ending={ending} first={first} />
      )}
      <Practised lab={lab} session={session} />
    </div>
  )
}

function All({ title }: { readonly title: string }) {
  return (
    <>
      <PartyPopper aria-hidden="true" />
      <div role="status">
        <h3>You have completed “{title}”</h3>
        <p>The nodes are yours to play with until you stop the lab.</p>
      </div>
    </>
  )
}

/** The lab counts as completed when the student has done the other steps too. */
function Part({ lab, session, ending, first }: Props & { readonly first: number }) {
  const wasWere = ending.skipped.length === 1 ? 'was' : 'were'
  return (
    <>
      <Flag aria-hidden="true" />
      <div role="status">
        <h3>You are at the end of “{lab.title}”</h3>
        <p>
          You have done {stepNumbers(ending.done)}. {capital(stepNumbers(ending.skipped))} {wasWere} done for
          you. The lab is completed when you have done {ending.skipped.length === 1 ? 'it' : 'them'} too.
        </p>
      </div>
      <BeginAt lab={lab} session={session} number={first} />
    </>
  )
}

interface BeginProps extends Pick<Props, 'lab' | 'session'> {
  readonly number: number
}

/** Asks first: the nodes of the lab are thrown away. */
function BeginAt({ lab, session, number }: BeginProps) {
  const api = useClient()
  const { busy, problem, run, forget } = useAction()
  const [isAsking, setIsAsking] = useState(false)
  const stepId = lab.steps[number - 1]?.id
  const begin = () => run(() => api.call('session.reset', { sessionId: session.id, stepId }))
  return (
    <>
      <Button isDisabled={busy || session.state !== 'running'} onPress={() => setIsAsking(true)}>
        {`Begin at step ${number}`}
      </Button>
      {problem && <ProblemPanel problem={problem} onClose={forget} />}
      <ConfirmDialog
        title={`Begin at step ${number}?`}
        text="You get new nodes. Everything in the nodes now is lost. The steps that you have done stay in your progress."
        action="Begin"
        danger
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={begin}
      />
    </>
  )
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
