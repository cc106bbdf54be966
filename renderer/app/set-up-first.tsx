/** Shows the set-up page in place of every page that needs an engine, until the engine is ready. */
import { type ReactNode, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useStream } from '../api'
import { useClock } from '../components'
import { SetupPage } from '../features/setup'

/** Pages without nodes. The settings are among them, because they may be what brings the engine back. */
const NEEDS_NO_ENGINE = /^\/(settings|exam|practice|questions|my-questions|progress)(\/|$)/

/** A set-up that takes less than this is not shown at all. */
const PATIENCE_MS = 300

export function SetUpFirst({ children }: { readonly children: ReactNode }) {
  const clock = useClock()
  const { value: setup } = useStream('setup.watch', {})
  const [location] = useLocation()
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => clock.after(PATIENCE_MS, () => setIsSlow(true)), [clock])
  if (NEEDS_NO_ENGINE.test(location) || setup?.phase === 'ready') return children
  if (!setup || (setup.phase === 'running' && !isSlow)) return null
  return <SetupPage setup={setup} />
}
