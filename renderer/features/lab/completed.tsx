/** What a student sees when every step of the lab is done. */
import { PartyPopper } from 'lucide-react'
import { useLocation } from 'wouter'
import type { LabDetail } from '../../../main/api'
import { Button } from '../../components'
import './completed.css'

export function Completed({ lab }: { readonly lab: LabDetail }) {
  const [, navigate] = useLocation()
  return (
    <div className="completed" role="status">
      <PartyPopper aria-hidden="true" />
      <div>
        <h3>You have completed “{lab.title}”</h3>
        <p>The nodes are yours to play with until you stop the lab.</p>
      </div>
      <Button onPress={() => navigate('/labs')}>To the labs</Button>
    </div>
  )
}
