/** What a student sees when every step of the lab is done. */
import { PartyPopper } from 'lucide-react'
import type { LabDetail, SessionView } from '../../../main/api'
import { Practised } from '../../path'
import './completed.css'

interface Props {
  readonly lab: LabDetail
  readonly session: Pick<SessionView, 'startedAt'>
}

export function Completed({ lab, session }: Props) {
  return (
    <div className="completed" role="status">
      <PartyPopper aria-hidden="true" />
      <div>
        <h3>You have completed “{lab.title}”</h3>
        <p>The nodes are yours to play with until you stop the lab.</p>
      </div>
      <Practised lab={lab} session={session} />
    </div>
  )
}
