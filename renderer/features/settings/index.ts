/** The settings, and what the engine can do. */
export { SettingsPage } from './settings-page'
