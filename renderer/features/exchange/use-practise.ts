/** Starts a drill of the person's own questions, and goes to its page. */
import { useLocation } from 'wouter'
import { useAction, useClient } from '../../api'

export function usePractise() {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const [, navigate] = useLocation()
  const practise = (wish: { readonly folder: string }) =>
    run(async () => navigate(`/exam/${(await api.call('own.practise', wish)).attemptId}`))
  return { busy, problem, practise }
}
