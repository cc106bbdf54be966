/** The page's entry. The looks of the theme come first, so that a feature may change them. */
import './theme/tokens.css'
import './theme/colours.css'
import './theme/base.css'
import './theme/shared.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ClientProvider, Connection, isHostRefusing, openHostPort, SettingsProvider } from './api'
import { App, ConnectionBanner } from './app'

const root = document.getElementById('root')
const client = new Connection(openHostPort, { isRefused: isHostRefusing })
if (!root) throw new Error('The page has no root.')
createRoot(root).render(
  <StrictMode>
    <ClientProvider client={client}>
      <SettingsProvider waiting={<ConnectionBanner />}>
        <App />
      </SettingsProvider>
    </ClientProvider>
  </StrictMode>,
)
