/** The settings, shared by all pages. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Settings } from '../../main/api'
import { api } from './connection'

interface SettingsValue {
  readonly settings: Settings
  readonly change: (change: Partial<Settings>) => Promise<void>
}

const Context = createContext<SettingsValue | null>(null)

/** Shows its children once the settings are there. */
export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const [settings, setSettings] = useState<Settings | null>(null)
  useEffect(() => {
    void api.call('settings.get', {}).then(setSettings)
  }, [])
  const change = useCallback(async (part: Partial<Settings>) => {
    setSettings((last) => last && { ...last, ...part })
    setSettings(await api.call('settings.set', part))
  }, [])
  const value = useMemo(() => settings && { settings, change }, [settings, change])
  return value && <Context.Provider value={value}>{children}</Context.Provider>
}

export function useSettings(): SettingsValue {
  const value = useContext(Context)
  if (!value) throw new Error('useSettings is used outside of SettingsProvider')
  return value
}
