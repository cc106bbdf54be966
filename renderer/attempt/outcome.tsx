/** Says whether an exam was passed, with a sign, a colour and words. */
import { CircleCheck, CircleX } from 'lucide-react'
import './outcome.css'

export function Outcome({ passed }: { readonly passed: boolean }) {
  return (
    <span className="outcome" data-passed={passed}>
      {passed ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
      {passed ? 'Passed' : 'Not passed'}
    </span>
  )
}
