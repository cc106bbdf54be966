/** The page's entry. The looks of the theme come first, so that a feature may change them. */
import './theme/tokens.css'
import './theme/colours.css'
import './theme/base.css'
import './theme/shared.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SettingsProvider } from './api/settings'
import { App } from './app/app'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root.')
createRoot(root).render(
  <StrictMode>
    <SettingsProvider>
      <App />
    </SettingsProvider>
  </StrictMode>,
)
