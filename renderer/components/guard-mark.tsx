/** Says that a check is a guard: it holds from the start, and must go on holding. */
import { Shield } from 'lucide-react'
import './guard-mark.css'

export function GuardMark() {
  return (
    <span className="guard-mark" title="It was right from the start. Do not break it on the way.">
      <Shield aria-hidden="true" /> must stay green
    </span>
  )
}
