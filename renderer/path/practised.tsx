/** What a student has practised in a lab that is done, with five questions on it and the way on. */
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { LabDetail, SessionView } from '../../main/api'
import { useAction, useAnswer, useClient } from '../api'
import { Button, duration, ProblemPanel, useClock } from '../components'
import { CommandList } from './command-list'
import { Objective } from './objectives'
import './practised.css'

const QUESTIONS = 5

interface Props {
  readonly lab: LabDetail
  readonly session: Pick<SessionView, 'startedAt' | 'steps'>
}

export function Practised({ lab, session }: Props) {
  const { value } = useAnswer('path.practised', { labId: lab.id })
  const time = useTimeTaken(session)
  return (
    <div className="practised">
      <WayOn objectives={lab.objectives} next={value?.next ?? null} />
      <p>It took you {time}. You have practised:</p>
      <ul className="practised-objectives" aria-label="Objectives">
        {lab.objectives.map((id) => (
          <li key={id}>
            <Objective id={id} />
          </li>
        ))}
      </ul>
      {value && value.commands.length > 0 && (
        <details>
          <summary>The commands you have used</summary>
          <CommandList commands={value.commands} label="Commands" />
        </details>
      )}
    </div>
  )
}

interface WayProps {
  readonly objectives: readonly string[]
  readonly next: { readonly id: string; readonly title: string; readonly path: string } | null
}

function WayOn({ objectives, next }: WayProps) {
  const api = useClient()
  const [, navigate] = useLocation()
  const { busy, problem, run } = useAction()
  const ask = async () => {
    const wish = { objectives: [...objectives], length: QUESTIONS }
    const { attemptId } = await api.call('progress.drill', wish)
    navigate(`/exam/${attemptId}`)
  }
  return (
    <>
      {problem && <ProblemPanel problem={problem} />}
      <div className="practised-way">
        {next && (
          <Button weight="primary" onPress={() => navigate(`/labs/${next.id}`)}>
            {`Next lab: ${next.title}`}
          </Button>
        )}
        <Button isDisabled={busy} onPress={() => run(ask)}>
          Five questions on this lab
        </Button>
        <Link href="/labs">All labs</Link>
      </div>
    </>
  )
}

/** In words, from the start of the session to its last step. Sessions of earlier versions do not know when that was. */
function useTimeTaken({ startedAt, steps }: Props['session']): string {
  const clock = useClock()
  const [now] = useState(() => clock.date().toISOString())
  const ends = steps.flatMap(({ doneAt }) => doneAt ?? [])
  const end = ends.sort().at(-1) ?? now
  return duration(Math.max(0, new Date(end).getTime() - new Date(startedAt).getTime()))
}
