/** Renders a component in the surroundings of the page: a host, the settings, a clock and an address. */
import { type ReactNode, useEffect } from 'react'
import { type RenderResult, render } from 'vitest-browser-react'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { ClientProvider, SettingsProvider, useSettings } from '../api'
import { type Clock, ClockContext, PAGE_CLOCK } from '../components'
import { useTheme } from '../theme'
import { type FakeHandlers, FakeHost } from './host.test-kit'

export interface Surroundings extends FakeHandlers {
  readonly host?: FakeHost
  readonly clock?: Clock
  /** The address of the page at the beginning. */
  readonly at?: string
}

export interface Shown extends RenderResult {
  readonly host: FakeHost
  /** The address of the page now. */
  readonly address: () => string
}

export async function show(element: ReactNode, surroundings: Surroundings = {}): Promise<Shown> {
  const { clock = PAGE_CLOCK, at = '/', ...handlers } = surroundings
  const host = surroundings.host ?? new FakeHost(handlers)
  const { hook, history } = memoryLocation({ path: at, record: true })
  // Each page begins with an entry of its own, as after a click on a link.
  window.history.replaceState(null, '')
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <Router hook={hook}>
      <ClientProvider client={host.client}>
        <SettingsProvider>
          <ClockContext.Provider value={clock}>
            <Themed>{children}</Themed>
          </ClockContext.Provider>
        </SettingsProvider>
      </ClientProvider>
    </Router>
  )
  const screen = await render(element, { wrapper })
  return { ...screen, host, address: () => history.at(-1) ?? '' }
}

/** Says that the settings have come: until then the page is empty. */
function Themed({ children }: { readonly children: ReactNode }) {
  const { settings } = useSettings()
  useTheme(settings.theme)
  useEffect(() => {
    document.body.style.height = '100%'
  }, [])
  return <div style={{ height: 700 }}>{children}</div>
}
