/** Says that the line to the host is down, and what happens next. */
import { useConnectionState, useIsRefused } from '../api'

/** Above every page, and alone until the settings have come. The page stays as it is, with what was typed into it. */
export function ConnectionBanner() {
  const isLost = useConnectionState() === 'lost'
  const isRefused = useIsRefused()
  if (!isLost) return null
  return (
    <div className="banner" role="status">
      {isRefused ? <Refused /> : <Away />}
    </div>
  )
}

function Away() {
  return <>The connection to Capstan was lost. This page goes on by itself when Capstan runs again.</>
}

function Refused() {
  return (
    <>
      Capstan runs, but it no longer knows this browser. Open the address that it has printed; this page then
      goes on by itself.
    </>
  )
}
