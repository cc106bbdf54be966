/** Leaves a workbench when its nodes have gone, unless the person has gone elsewhere meanwhile. */
import { useLocation } from 'wouter'

/** @returns a function that does the work, and then goes to a page */
export function useLeave(): (work: () => Promise<unknown>, page: string) => Promise<void> {
  const [, navigate] = useLocation()
  return async (work, page) => {
    const from = window.location.hash
    await work()
    if (window.location.hash === from) navigate(page)
  }
}
